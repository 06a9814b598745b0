"""Shops and their promotions."""
