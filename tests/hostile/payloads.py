"""Texts that would do harm wherever they were taken for more than text, and harmless ones of the same length."""

EVERYTHING = "=\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}[a](javascript:alert(1)) `b` **c** ]]>&lt;"
"""What breaks out of attributes, of elements, of Markdown, of Jinja, of XML and of a cell of a spreadsheet."""

PAYLOADS: dict[str, str] = {
    "script": "</script></title></textarea><script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1)" style="x \' onfocus=\'alert(1)',
    "jinja": "{{ ''.__class__ }} {% include 'x' %} {# c #} {{ figure('recovery') }}",
    "markdown": "# h ![i](x.png) [a](javascript:alert(1)) <https://a.example> **b** `c` *d* _e_ [^1] [r][q] {: onclick=alert(1) }",
    "xml": "]]><!-- <![CDATA[ --> &lt; &#60;script&#62; &amp;amp; <svg/onload=alert(1)> <?php ?>",
    "formula": '=HYPERLINK("http://a.example","b")',
    "plus": "+cmd!A1",
    "minus": "-1+1 and more",
    "at": "@SUM(1) $& ${x} `y`",
    "path": "../../../etc/passwd C:\\CON. . %2e%2e%2f ?q#f",
    "json": "\\u003cscript\\u003e \\\" '\\x3c </SCRIPT > <!--<script>",
    "everything": EVERYTHING,
}


def harmless(text: str) -> str:
    """The same letters, with a comma for whatever is none: what an address or an anchor is made of stays the same."""
    return "".join(letter if letter.isalnum() or letter == " " else "," for letter in text)
