"""Every example sentence of the data is understood as the request it stands under."""

import pytest

from nixforhumanity.core.catalogue import catalogue
from nixforhumanity.core.concepts import concepts
from nixforhumanity.nix.package_index import PackageIndex
from nixforhumanity.understanding.requests import Decision
from nixforhumanity.understanding.sentences import sentences
from nixforhumanity.understanding.understander import Understander

EXAMPLES = [(row.request, str(line)) for row in sentences("en").requests.values() for line in row.examples]


@pytest.fixture(scope="module")
def understander(tmp_path_factory: pytest.TempPathFactory) -> Understander:
    return Understander(PackageIndex.open(tmp_path_factory.mktemp("index")), "en")


def test_each_request_of_the_sentences_is_in_the_catalogue() -> None:
    assert set(sentences("en").requests) <= set(catalogue())


def test_each_request_has_templates_and_at_least_two_examples() -> None:
    thin = [
        row.request for row in sentences("en").requests.values() if not row.templates or len(row.examples) < 2
    ]
    assert thin == []


@pytest.mark.parametrize(("request_name", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_example_is_understood(understander: Understander, request_name: str, line: str) -> None:
    understood = understander.understand(line)
    assert understood.decision is Decision.ACT, understood
    assert [request.name for request in understood.requests] == [request_name]


@pytest.mark.parametrize("concept", concepts("en").values(), ids=list(concepts("en")))
def test_each_concept_can_be_asked_for_by_its_title(understander: Understander, concept: object) -> None:
    understood = understander.understand(f"What is {concept.title}?")
    assert understood.requests[0].slots == {"concept": concept.id}


@pytest.mark.parametrize("concept", concepts("en").values(), ids=list(concepts("en")))
def test_what_a_concept_needs_exists(concept: object) -> None:
    assert set(concept.needs) <= set(concepts("en"))
