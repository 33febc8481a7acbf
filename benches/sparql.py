"""The questions of `benches/queries` over HTTP, to Moisson, oxigraph and Virtuoso by turns, without any
cache of answers; then what many clients get, what it takes of memory, and how an answer of ten million
rows comes."""

import contextlib
import statistics

import engines
import harvesting
import loading
import peers
import pressure
import queries
import virtuoso
from asking import TABLE, Answer, accepted, rows, same
from machine import Bench, busy, disk

#: Rounds of a question, by the seconds that the slowest engine took at first.
ROUNDS = ((0.2, 7), (2.0, 5), (10.0, 3), (30.0, 2))


def measure(bench: Bench) -> dict:
    peers.set_up_sparql(bench)
    folder, loaded = loading.loaded(bench)
    asked = queries.read()
    result = {"versions": peers.versions_of_sparql(bench), "loaded": loaded, "limit": engines.LIMIT}
    with contextlib.ExitStack() as servers:
        all_engines = [
            servers.enter_context(engines.moisson(bench)),
            servers.enter_context(engines.oxigraph(bench, folder / "oxigraph")),
            servers.enter_context(virtuoso.started(folder / "virtuoso", engines.portal.BASE)),
        ]
        result["opened"] = {engine.name: engine.opened for engine in all_engines}
        before, own = busy(), used(all_engines)
        result["queries"] = [compared(question, all_engines) for question in asked]
        result["others_cpu"] = busy() - before - (used(all_engines) - own)
        result["throughput"] = pressure.throughput(bench, all_engines, light(asked, result["queries"]))
        result["memory"] = pressure.memory(all_engines, asked)
        result["reopened"] = pressure.reopened(all_engines[0])
        result["stream"] = pressure.stream(all_engines[0])
    result["snapshot_mb"] = disk(harvesting.snapshot(bench.store))
    return result


def used(all_engines: list) -> float:
    return sum(engine.used() for engine in all_engines)


def compared(question: queries.Question, all_engines: list) -> dict:
    """One question to each engine in turn, several rounds; the first round only warms the page cache and
    is where the answers are compared."""
    print(f"  {question.name}", end=" ", flush=True)
    first = {engine.name: engine.ask(question.text, kept=True) for engine in all_engines}
    found = {"name": question.name, "about": question.about, "engines": {}}
    for name, answer in first.items():
        count = counted(question, answer)
        found["engines"][name] = {"rows": count, "status": answer.status, "size": answer.size}
    found["answers"] = agreement(question, first)
    for answer in first.values():
        answer.body = b""
    in_time = [engine for engine in all_engines if first[engine.name].in_time(engines.LIMIT)]
    slowest = max((first[engine.name].seconds for engine in in_time), default=0.0)
    rounds = next((rounds for seconds, rounds in ROUNDS if slowest <= seconds), 1)
    times, spent = {engine.name: [] for engine in in_time}, dict.fromkeys((engine.name for engine in in_time), 0.0)
    for turn in range(rounds):
        # Nobody is always the one that comes after the slowest.
        for engine in in_time[turn % len(in_time) :] + in_time[: turn % len(in_time)]:
            before = engine.used()
            times[engine.name].append(engine.ask(question.text).seconds)
            spent[engine.name] += engine.used() - before
    for name, seconds in times.items():
        found["engines"][name] |= {"seconds": statistics.median(seconds), "cpu": spent[name] / rounds, "rounds": rounds}
    print(*(f"{name} {milliseconds(found['engines'][name])}" for name in first), found["answers"], sep=", ", flush=True)
    return found


def milliseconds(answer: dict) -> str:
    return f"{answer['seconds'] * 1000:.1f} ms" if "seconds" in answer else f"no answer ({answer['status']})"


def counted(question: queries.Question, answer: Answer) -> int | None:
    """Rows; none where there is no whole answer. oxigraph ends a body cleanly when its time is over."""
    if answer.status != 200:
        return None
    try:
        return rows(question.text, answer.body)
    except ValueError:
        answer.status = 0
        return None


def agreement(question: queries.Question, first: dict) -> str:
    """How Moisson's answer is to oxigraph's, which answers by the same rules; Virtuoso has values of its
    own, so that only its rows are counted."""
    ours, theirs = first["Moisson"], first["oxigraph"]
    if ours.status != 200 or theirs.status != 200:
        return "not compared"
    if same(question.text, ours.body, theirs.body):
        return "the same"
    return "as many rows" if counted(question, ours) == counted(question, theirs) else "different"


def light(asked: list[queries.Question], measured: list[dict]) -> list[queries.Question]:
    """The tables that every engine answers within 20 ms and 100 KB: the mix that many clients ask at once."""
    def is_light(answers: dict) -> bool:
        return all(answer.get("seconds", 1.0) < 0.02 and answer["size"] < 100_000 for answer in answers.values())

    names = {found["name"] for found in measured if is_light(found["engines"])}
    return [question for question in asked if question.name in names and accepted(question.text) == TABLE]
