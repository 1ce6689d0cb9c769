"""What an owner writes, `faq.yaml` and its example files, as frozen values."""
