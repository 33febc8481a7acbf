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

#: Rounds of a question for an engine, by the seconds that it took at first; beyond, the first one counts.
ROUNDS = ((0.2, 7), (2.0, 3), (10.0, 1))


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
    is where the answers are compared, unless an engine is so slow that once has to do."""
    print(f"  {question.name}", end=" ", flush=True)
    first = {engine.name: measured(engine, question, kept=True) for engine in all_engines}
    found = {"name": question.name, "about": question.about, "engines": {}}
    for name, (answer, _) in first.items():
        count = counted(question, answer)
        found["engines"][name] = {"rows": count, "status": answer.status, "size": answer.size}
    found["answers"] = agreement(question, first["Moisson"][0], first["oxigraph"][0])
    runs = {}
    for name, (answer, spent) in first.items():
        answer.body = b""
        if answer.in_time(engines.LIMIT):
            rounds = next((rounds for seconds, rounds in ROUNDS if answer.seconds <= seconds), 0)
            runs[name] = (rounds, [] if rounds else [(answer.seconds, spent)])
    for turn in range(max((rounds for rounds, _ in runs.values()), default=0)):
        # Nobody is always the one that comes after the slowest.
        start = turn % len(all_engines)
        for engine in all_engines[start:] + all_engines[:start]:
            rounds, taken = runs.get(engine.name, (0, []))
            if turn < rounds:
                answer, spent = measured(engine, question)
                taken.append((answer.seconds, spent))
    for name, (_, taken) in runs.items():
        seconds = [seconds for seconds, _ in taken]
        found["engines"][name] |= {
            "seconds": statistics.median(seconds),
            "best": min(seconds),
            "cpu": sum(spent for _, spent in taken) / len(taken),
            "rounds": len(taken),
        }
    print(*(f"{name} {milliseconds(found['engines'][name])}" for name in first), found["answers"], sep=", ", flush=True)
    return found


def measured(engine: engines.Engine, question: queries.Question, kept: bool = False) -> tuple[Answer, float]:
    """The answer, and the processor seconds that the engine spent meanwhile."""
    before = engine.used()
    answer = engine.ask(question.text, kept)
    return answer, engine.used() - before


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


def agreement(question: queries.Question, ours: Answer, theirs: Answer) -> str:
    """How Moisson's answer is to oxigraph's, which answers by the same rules; Virtuoso has values of its
    own, so that only its rows are counted."""
    if ours.status != 200 or theirs.status != 200:
        return "not compared"
    if same(question.text, ours.body, theirs.body):
        return "the same"
    return "as many rows" if counted(question, ours) == counted(question, theirs) else "different"


def light(asked: list[queries.Question], measured: list[dict]) -> list[queries.Question]:
    """The tables that every engine answers with 20 ms and 100 KB: the mix that many clients ask at once."""

    def is_light(answers: dict) -> bool:
        return all(answer.get("cpu", 1.0) < 0.02 and answer["size"] < 100_000 for answer in answers.values())

    names = {found["name"] for found in measured if is_light(found["engines"])}
    return [question for question in asked if question.name in names and accepted(question.text) == TABLE]
