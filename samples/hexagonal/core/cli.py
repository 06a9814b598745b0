"""The command line: `hexa celery-apps`."""

import sys


def main() -> None:
    if sys.argv[1:] != ["celery-apps"]:
        sys.exit("usage: hexa celery-apps")
    from core.celery_apps import app

    print(f"Discovered {sum(not name.startswith('celery.') for name in app.tasks)} tasks", flush=True)
    app.worker_main(["worker", "--loglevel=info", "--concurrency=2", "--without-mingle", "--without-gossip"])


if __name__ == "__main__":
    main()
