"""The promises the product keeps, written as a person would check them."""
