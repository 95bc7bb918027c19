# Scaled dot-product attention with grouped queries: Vaswani et al., "Attention is all you need", 2017; Ainslie et al.,
# "GQA", 2023. Query head h reads key-value head h // group.

def causal(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
  """query [batch, heads, time, size], key and value [batch, kv heads, time, size]; each time sees itself and before.

  Keys and values are repeated to the query heads, because the fused kernel of the CPU takes no groups."""
  size = query.size(3)
  query = __torch__.attention.padded(query)
  key = __torch__.attention.padded(key)
  value = __torch__.attention.padded(value)
  group = query.size(1) // key.size(1)
  if group > 1:
    key = torch.flatten(torch.stack([key] * group, 2), 1, 2)
    value = torch.flatten(torch.stack([value] * group, 2), 1, 2)
  attended = torch.scaled_dot_product_attention(query, key, value, None, 0., True, scale=size ** -0.5)
  if size < attended.size(3):
    return torch.narrow(attended, 3, 0, size)
  return attended


def padded(heads: Tensor) -> Tensor:
  """heads [..., size] with zeros added up to size 16, below which the matrix library of the CPU takes twice as long."""
  missing = 16 - heads.size(-1)
  if missing > 0:
    return torch.constant_pad_nd(heads, [0, missing], 0)
  return heads


def cached(query: Tensor, keys: Tensor, values: Tensor, bias: Tensor) -> Tensor:
  """One new position of each sequence against its cache.

  query [sequences * kv heads, group, size], keys [sequences * kv heads, size, length], values [sequences * kv heads, length,
  size], bias [sequences * kv heads, group, length]: 0 for what is there, else -inf. Products this small are fastest where
  positions are neighbours in memory, for keys and for values."""
  scores = torch.baddbmm(bias, query, keys, beta=1, alpha=query.size(2) ** -0.5)
  return torch.bmm(torch.softmax(scores, -1, dtype=None), values)
