# One token of every slot at a time, against a cache of keys and values.
#
# The cache is one tensor [layers, 2 (keys, values), slots, kv heads, head size, length], positions last. Every slot has its
# own position; bias [slots * kv heads, group, length] is 0 at the positions that a slot holds and -inf elsewhere.

class Window(NamedTuple):
  keys : List[Tensor]
  values : List[Tensor]
  bias : Tensor


def transposed(weight: Tensor, copied: bool) -> Tensor:
  if copied:
    return weight.t().contiguous()
  return weight.t()


def transposed_layer(layer: __torch__.decoder.Layer, copied: bool) -> __torch__.decoder.Layer:
  """The layer with its matrices as [in, out]. Copied, products of few rows are a third faster; else it costs nothing."""
  return __torch__.decoder.Layer(
      layer.input_norm,
      __torch__.decoding.transposed(layer.query_key_value, copied),
      layer.query_key_value_bias,
      layer.query_norm,
      layer.key_norm,
      __torch__.decoding.transposed(layer.output, copied),
      layer.output_bias,
      layer.attention_norm,
      __torch__.decoding.transposed(layer.gate_up, copied),
      __torch__.decoding.transposed(layer.down, copied))


def new_cache(sizes: __torch__.decoder.Sizes, layers: int, slots: int, length: int, like: Tensor) -> Tensor:
  return torch.zeros([layers, 2, slots, sizes.key_value_heads, sizes.head_size, length], dtype=like.dtype, layout=None,
      device=like.device)


def new_bias(sizes: __torch__.decoder.Sizes, slots: int, length: int, like: Tensor) -> Tensor:
  group = sizes.heads // sizes.key_value_heads
  return torch.full([slots * sizes.key_value_heads, group, length], -inf, dtype=like.dtype, layout=None,
      device=like.device)


def window(cache: Tensor, bias: Tensor, length: int) -> __torch__.decoding.Window:
  """Views of the first positions of all slots."""
  keys : List[Tensor] = []
  values : List[Tensor] = []
  for l in range(cache.size(0)):
    keys.append(torch.narrow(torch.flatten(cache[l][0], 0, 1), 2, 0, length))
    values.append(torch.narrow(torch.flatten(cache[l][1], 0, 1), 2, 0, length))
  return __torch__.decoding.Window(keys, values, torch.narrow(bias, 2, 0, length))


def cache_places(cache: Tensor) -> Tensor:
  """Index [slots, 2 * kv heads * head size] of position 0 of every row in a flattened layer of the cache, in the order in
  which a slot's new keys and values come."""
  slots, heads, size, length = cache.size(2), cache.size(3), cache.size(4), cache.size(5)
  rows = torch.arange(2 * slots * heads * size, dtype=4, layout=None, device=cache.device)
  return torch.mul(rows, length).view([2, slots, heads * size]).transpose(0, 1).reshape([slots, -1])


def bias_places(bias: Tensor, slots: int) -> Tensor:
  """Index [slots, kv heads * group] of position 0 of every row of the flattened bias."""
  rows = torch.arange(bias.size(0) * bias.size(1), dtype=4, layout=None, device=bias.device)
  return torch.mul(rows, bias.size(2)).view([slots, -1])


def rms_norm(x: Tensor, weight: Tensor, epsilon: Tensor) -> Tensor:
  """RMS norm in few operations; epsilon [1, 1]."""
  size = float(x.size(-1))
  length = torch.linalg_vector_norm(x, 2, [-1], True, dtype=6)
  scale = torch.addcmul(epsilon, length, length, value=1. / size).rsqrt_()
  return torch.mul(torch.mul(x, scale), weight).to(x.dtype)


def linear(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  if bias.numel() == 0:
    return torch.mm(x, weight)
  return torch.addmm(bias, x, weight)


def head_norms(layer: __torch__.decoder.Layer, sizes: __torch__.decoder.Sizes, heads: Tensor) -> Tensor:
  """Norms of query and key heads [slots, heads + kv heads, head size] where the model has them."""
  if layer.query_norm.numel() == 0:
    return heads
  query, key = torch.split_with_sizes(heads, [sizes.heads, sizes.key_value_heads], 1)
  return torch.cat([__torch__.decoder.rms_norm(query, layer.query_norm, sizes.epsilon),
      __torch__.decoder.rms_norm(key, layer.key_norm, sizes.epsilon)], 1)


def step(layer: __torch__.decoder.Layer, sizes: __torch__.decoder.Sizes, epsilon: Tensor, x: Tensor, rotation: Tensor,
    cache: Tensor, places: Tensor, keys: Tensor, values: Tensor, bias: Tensor) -> Tensor:
  """One layer for one new token of every slot, x [slots, hidden]; its keys and values go to places of the flat cache."""
  slots = x.size(0)
  turning = sizes.heads + sizes.key_value_heads
  normed = __torch__.decoding.rms_norm(x, layer.input_norm, epsilon)
  projected = __torch__.decoding.linear(normed, layer.query_key_value, layer.query_key_value_bias)
  heads = projected.view([slots, -1, sizes.head_size])
  turned = __torch__.rotary.turn(
      __torch__.decoding.head_norms(layer, sizes, torch.narrow(heads, 1, 0, turning)), rotation)
  query = torch.narrow(turned, 1, 0, sizes.heads).reshape([keys.size(0), -1, sizes.head_size])
  stored = torch.cat([torch.narrow(turned, 1, sizes.heads, sizes.key_value_heads),
      torch.narrow(heads, 1, turning, sizes.key_value_heads)], 1)
  cache.scatter_(0, places, stored.view([-1]))
  attended = __torch__.attention.cached(query, keys, values, bias).view([slots, -1])
  if layer.output_bias.numel() > 0:
    x = torch.add(x, layer.output_bias)
  x = torch.addmm(x, attended, layer.output)
  gate, up = torch.chunk(torch.mm(__torch__.decoding.rms_norm(x, layer.attention_norm, epsilon), layer.gate_up), 2, -1)
  return torch.addmm(x, torch.silu(gate).mul_(up), layer.down)
