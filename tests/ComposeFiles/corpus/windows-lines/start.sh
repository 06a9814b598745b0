#!/bin/sh
python manage.py migrate
exec gunicorn shop.wsgi -b 0.0.0.0:8000
