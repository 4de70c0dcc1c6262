"""The words of the project: money, figures, absence, places, books, disclosures, findings, faults. No I/O."""
