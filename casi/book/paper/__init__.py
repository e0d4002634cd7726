"""Make the print edition and the e-book from the same pages."""
