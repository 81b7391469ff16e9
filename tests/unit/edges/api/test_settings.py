"""What a server is told when it starts."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from reelscore.edges.api.server import listen
from reelscore.edges.settings import Settings, read_settings
from reelscore.errors import DataError, OutputError


def test_nothing_said_serves_one_person_here() -> None:
    settings = read_settings({"XDG_DATA_HOME": "/home/anna/data"})
    assert settings == Settings(Path("/home/anna/data/reelscore/service"))
    assert settings.loopback
    assert settings.public == "http://127.0.0.1:8700"
    assert settings.database_url == "sqlite:////home/anna/data/reelscore/service/reelscore.db"


def test_every_setting_has_a_variable_and_options_win() -> None:
    held = {
        "REELSCORE_DATA": "/srv/reel", "REELSCORE_PORT": "9000", "REELSCORE_ACCOUNTS": "yes",
        "REELSCORE_HOSTS": "a.example, b.example", "REELSCORE_UPLOAD_BYTES": "1_000", "REELSCORE_CALLS_PER_S": "2.5",
        "REELSCORE_URL_PORTS": "80,8080", "REELSCORE_PLANS": "/etc/plans.toml", "REELSCORE_QUEUES": "render",
    }  # fmt: skip
    settings = read_settings(held, port=9001, host=None)
    assert (settings.data, settings.port, settings.accounts) == (Path("/srv/reel"), 9001, True)
    assert settings.hosts == ("a.example", "b.example")
    assert (settings.upload_bytes, settings.calls_per_s, settings.url_ports) == (1000, 2.5, (80, 8080))
    assert (settings.plans, settings.queues) == (Path("/etc/plans.toml"), ("render",))


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"REELSCORE_PORT": "high"}, 'REELSCORE_PORT is "high"'),
        ({"REELSCORE_PORT": "70000"}, "70000 is no port"),
        ({"REELSCORE_ACCOUNTS": "perhaps"}, "REELSCORE_ACCOUNTS"),
        ({"REELSCORE_PUBLIC_URL": "films.example"}, "films.example"),
        ({"REELSCORE_ACCESS_TOKEN": "short"}, "too short"),
        ({"REELSCORE_UPLOAD_BYTES": "0"}, "upload_bytes"),
        ({"REELSCORE_WORKERS": "-1"}, "-1 workers"),
    ],
)
def test_what_makes_no_sense_is_told(held: dict[str, str], words: str) -> None:
    with pytest.raises(DataError, match=words):
        read_settings(held, data=Path("/srv/reel"))


def test_links_go_to_the_public_address() -> None:
    assert Settings(Path(), public_url="https://films.example/").public == "https://films.example"
    assert Settings(Path(), host="::1", port=80).public == "http://[::1]:80"
    assert Settings(Path(), host="0.0.0.0").public == "http://127.0.0.1:8700"
    assert not Settings(Path(), host="0.0.0.0").loopback
    assert not Settings(Path(), host="192.168.1.7").loopback


def test_a_taken_port_and_an_address_that_is_not_ours() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OutputError, match=f"Port {port} is taken"):
            listen("127.0.0.1", port)
    with pytest.raises(OutputError, match="no address of this machine"):
        listen("192.0.2.1", 0)
    with pytest.raises(OutputError, match="no host"):
        listen("no-such-host.invalid", 0)


def test_answers_are_not_held_back_to_fill_packets() -> None:
    """The framework switches that off only where the protocol of the socket is named."""
    place = listen("localhost", 0)
    try:
        assert place.proto == socket.IPPROTO_TCP
    finally:
        place.close()
