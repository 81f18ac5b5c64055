"""The arithmetic of the product: one file per section of the analysis notes, plain numbers in and out."""
