# Scaled dot-product attention with grouped queries: Vaswani et al., "Attention is all you need", 2017; Ainslie et al.,
# "GQA", 2023. Query head h reads key-value head h // group.

def causal(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
  """query [batch, heads, time, size], key and value [batch, kv heads, time, size]; each time sees itself and before.

  Keys and values are repeated to the query heads, because the fused kernel of the CPU takes no groups."""
  group = query.size(1) // key.size(1)
  if group > 1:
    key = torch.repeat_interleave(key, group, 1)
    value = torch.repeat_interleave(value, group, 1)
  return torch.scaled_dot_product_attention(query, key, value, None, 0., True, scale=None)


def cached(query: Tensor, keys: Tensor, values: Tensor, bias: Tensor) -> Tensor:
  """One new position of each sequence against its cache.

  query [sequences * kv heads, group, size], keys [sequences * kv heads, size, length], values [sequences * kv heads, length,
  size], bias [sequences * kv heads, group, length]: 0 for what is there, else -inf. Products this small are fastest where
  positions are neighbours in memory, for keys and for values."""
  scores = torch.baddbmm(bias, query, keys, beta=1, alpha=query.size(2) ** -0.5)
  return torch.bmm(torch.softmax(scores, -1, dtype=None), values)
