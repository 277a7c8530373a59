"""The main job, from feed to mail."""

from __future__ import annotations

from dataclasses import dataclass

from prefect import flow
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from flows.house import open_house
from flows.lock import run_lock
from flows.stages.alert import Alerted, alert
from flows.stages.claims import Claimed, claims
from flows.stages.classify import Classified, classify
from flows.stages.compare import compare
from flows.stages.extract import Extracted, extract
from flows.stages.fetch import Fetched, fetch
from flows.stages.poll import Polled, poll
from flows.stages.publish import publish
from warehouse.judging import Judged


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to, stage by stage."""

    polled: Polled
    fetched: Fetched
    extracted: Extracted
    classified: Classified
    claimed: Claimed
    compared: Judged
    alerted: Alerted


@flow(name="monitor")
def monitor(home: str) -> Summary:
    """Polls the feeds, reads what is new, and tells of what contradicts the record.

    `home` is the folder of the installation. Raises RunUnderWay where another process is at it.
    """
    with run_lock(open_house(home).home):
        try:
            return Summary(
                poll(home),
                fetch(home),
                extract(home),
                classify(home),
                claims(home),
                compare(home),
                alert(home),
            )
        finally:
            publish(home)  # whatever a stage ran into, readers see what is there


def run_once(home: str) -> Summary:
    """One pass of `monitor` by hand: with the settings' number of workers, without heartbeats.

    A heartbeat tells Prefect's server that a scheduled run is alive; each flow would wait a
    second for its thread to end.
    """
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return monitor(home)
