"""The reference of the files: every table and key, and every finding, written from the code that reads them."""
