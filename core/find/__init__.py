"""Search over the whole journal and the shop's daily figures."""
