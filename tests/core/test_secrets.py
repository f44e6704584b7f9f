"""The key that signs sessions: two first starts agree on it, whoever is quicker."""

import multiprocessing

import pytest

from fugong.core.secrets import secret_key


def _first_start(home, ready, found):
    ready.wait(20)
    found.put(secret_key(home))


@pytest.fixture(autouse=True)
def no_key_from_outside(monkeypatch):
    monkeypatch.delenv("FUGONG_SECRET_KEY", raising=False)
    monkeypatch.delenv("FUGONG_KEYS", raising=False)


@pytest.mark.parametrize("attempt", range(5))
def test_processes_that_start_for_the_first_time_together_agree(tmp_path, attempt):
    spawn = multiprocessing.get_context("fork")
    ready, found = spawn.Barrier(4), spawn.Queue()
    processes = [spawn.Process(target=_first_start, args=(tmp_path, ready, found)) for _ in range(4)]
    for process in processes:
        process.start()
    secrets = {found.get(timeout=20) for _ in processes}
    for process in processes:
        process.join(20)
    assert len(secrets) == 1
    assert len(secrets.pop()) >= 50
    assert [each.name for each in (tmp_path / "keys").iterdir()] == ["secret"]


def test_a_start_that_was_cut_off_before_leaves_no_half_a_secret(tmp_path, monkeypatch):
    def killed(source, target):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("os.link", killed)
        with pytest.raises(KeyboardInterrupt):
            secret_key(tmp_path)
    assert len(secret_key(tmp_path)) >= 50


def test_one_secret_a_home(tmp_path):
    assert secret_key(tmp_path / "one") != secret_key(tmp_path / "two")
