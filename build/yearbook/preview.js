// Shows what was saved in a page that is open in a preview. The parts of the article that changed are put in the place
// of those that stand there, which a browser does at once; a long report takes it half a second to load anew. Where
// that cannot be done, and where nothing in the page itself changed, as after an edit of a style sheet, it is loaded anew.
(() => {
  let epoch = Number(document.currentScript.dataset.epoch);
  let before = null;
  let waiting = null;

  const parts = (page) => [...(page.querySelector("main > article")?.children ?? [])];

  const read = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [page, Number(page.querySelector("script[data-epoch]").dataset.epoch)];
  };

  // What stands in the open page for each part as it was served: scripts may have added others beside them.
  const standing = (old) => {
    const here = parts(document);
    if (here.length === old.length) return here;
    const found = old.map((part) => part.id && document.getElementById(part.id));
    return found.every(Boolean) ? found : null;
  };

  const replaceParts = (after) => {
    const [old, fresh] = [parts(before), parts(after)];
    const here = standing(old);
    if (!here || document.body.dataset.layout !== after.body.dataset.layout) return false;
    const most = Math.min(old.length, fresh.length);
    let start = 0;
    while (start < most && old[start].isEqualNode(fresh[start])) start += 1;
    let end = 0;
    while (end < most - start && old.at(-1 - end).isEqualNode(fresh.at(-1 - end))) end += 1;
    const changed = fresh.slice(start, fresh.length - end).map((part) => document.importNode(part, true));
    const gone = here.slice(start, here.length - end);
    if (!changed.length && !gone.length) return false;
    const next = here[here.length - end] ?? null;
    gone.forEach((part) => part.remove());
    if (next) next.before(...changed);
    else document.querySelector("main > article").append(...changed);
    document.title = after.title;
    return true;
  };

  const update = async () => {
    const [after, served] = await read();
    if (!before || !replaceParts(after)) return location.reload();
    [before, epoch] = [after, served];
    listen();
  };

  const listen = async () => {
    waiting = new AbortController();
    try {
      const answer = await fetch(`/livereload/${epoch}/${Math.random().toString().slice(2)}`, { signal: waiting.signal });
      if (Number(await answer.text()) > epoch) await update();
      else listen();
    } catch (error) {
      if (error.name !== "AbortError") setTimeout(listen, 3000); // the preview was stopped, and may be started again
    }
  };

  addEventListener("load", async () => {
    const [page, served] = await read();
    if (served !== epoch) return location.reload();
    before = page;
    if (!document.hidden) listen();
  });
  document.addEventListener("visibilitychange", () => (document.hidden ? waiting?.abort() : listen()));
  addEventListener("beforeunload", () => waiting?.abort());
})();
