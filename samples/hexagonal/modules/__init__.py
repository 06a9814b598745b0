"""The modules, each with its adapters: routes and tasks."""
