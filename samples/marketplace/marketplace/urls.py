"""The addresses."""

from django.urls import path

from shops import views

urlpatterns = [
    path("health", views.health),
    path("shops", views.shops),
    path("shops/near", views.near),
    path("promos", views.promos),
]
