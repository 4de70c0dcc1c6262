"""Exports of budget platforms (one line a spending fact) → Books: matched, freed of sub-totals, reconciled, or refused."""
