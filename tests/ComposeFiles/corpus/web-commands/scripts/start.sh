#!/bin/bash
exec uvicorn proj.main:app --host 0.0.0.0 --port 8000
