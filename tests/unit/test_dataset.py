"""The facts of the data set for search engines: of the package, and with addresses that lead to its files."""

from pathlib import Path

import pytest

from yearbook.archive import read_archive
from yearbook.outputs.attribution import citation
from yearbook.outputs.dataset import dataset_facts
from yearbook.outputs.package import DataPackage, build_package, package_files
from yearbook.report import Report
from yearbook.settings import Settings


@pytest.fixture
def package(built_once: Path) -> DataPackage:
    """The package of the two years."""
    archive = read_archive(built_once / "data")
    files = {year: (built_once / "data" / "releases" / f"{year}.csv").read_bytes() for year in archive.years}
    return build_package(Report(archive), (), files, {}, {})


def test_every_distribution_is_a_file_of_the_package_with_its_size(package: DataPackage) -> None:
    files = dict(package_files(package))
    facts = dataset_facts(package, Settings("A site", url="https://yearbook.example/"))
    base = "https://yearbook.example/"
    found = {each["contentUrl"].removeprefix(base): each for each in facts["distribution"]}
    assert set(found) == set(files) - {"data/tables/datapackage.json"}
    for path, each in found.items():
        assert each["encodingFormat"] == ("text/csv" if path.endswith(".csv") else "application/json")
        if path != "data/datapackage.json":
            assert each["contentSize"] == f"{len(files[path])} B"
    assert facts["url"] == f"{base}data/"


def test_it_says_what_it_is_when_where_and_whose(package: DataPackage) -> None:
    facts = dataset_facts(package, Settings("A site"))
    assert (facts["@context"], facts["@type"]) == ("https://schema.org", "Dataset")
    assert facts["temporalCoverage"] == "2018-04-01/2020-03-31"
    assert facts["spatialCoverage"] == {"@type": "Place", "name": "England"}
    assert facts["license"].startswith("https://www.nationalarchives.gov.uk/")
    assert facts["citation"] == citation(package.archive)
    assert facts["creator"]["name"] == "A site"
    assert 50 <= len(facts["description"]) <= 5000
    assert len(facts["isBasedOn"]) >= 2


def test_without_an_address_of_its_own_its_links_are_from_the_data_page(package: DataPackage) -> None:
    facts = dataset_facts(package, Settings("A site"))
    addresses = [each["contentUrl"] for each in facts["distribution"]]
    assert "metrics.csv" in addresses
    assert "releases/2018-19.csv" in addresses
    assert not any(address.startswith(("/", "http")) for address in addresses)
    assert "url" not in facts["creator"]
