"""Budget books from what people fill in: one Excel workbook with a sheet for each kind of fact, or JSON."""
