# One token of every slot at a time, against a cache of keys and values.
#
# Heads are kept in groups: a key-value head follows the query heads that read it, and slots * kv heads are the batch of all
# products. The cache is one tensor [layers, slots * kv heads, 2 (key, value), head size, length], positions last. Every slot
# has its own position; bias [slots * kv heads, group, length] is 0 at the positions that a slot holds and -inf elsewhere.

class Layer(NamedTuple):
  input_norm : Tensor
  query_key_value : Tensor
  query_key_value_bias : Tensor
  head_norm : Tensor
  output : Tensor
  output_bias : Tensor
  attention_norm : Tensor
  gate : Tensor
  up : Tensor
  down : Tensor
  adapter : List[Tensor]


class Window(NamedTuple):
  keys : List[Tensor]
  values : List[Tensor]
  bias : Tensor


def grouped_rows(sizes: __torch__.decoder.Sizes, device: Device) -> Tensor:
  """Rows of the projection to queries, keys and values in the order kv head, (queries, key, value), head dimension."""
  count = sizes.key_value_heads
  rows = torch.arange((sizes.heads + 2 * count) * sizes.head_size, dtype=4, layout=None, device=device)
  turning = (sizes.heads + count) * sizes.head_size
  paired = __torch__.rotary.paired(torch.narrow(rows, 0, 0, turning), sizes.head_size)
  value = torch.narrow(rows, 0, turning, count * sizes.head_size)
  query, key = torch.split_with_sizes(paired.view([-1, sizes.head_size]), [sizes.heads, count], 0)
  return torch.flatten(torch.cat([query.view([count, -1]), key, value.view([count, -1])], 1))


def matrix(weight: Tensor, norm: Tensor, copied: bool) -> Tensor:
  """A matrix as [in, out], its inputs scaled by a norm if there is one. Copied, products of few rows are a third faster;
  else it costs no memory."""
  if not copied:
    return weight.t()
  if norm.numel() > 0:
    weight = torch.mul(weight, norm)
  return weight.t().contiguous()


def prepared(layer: __torch__.decoder.Layer, sizes: __torch__.decoder.Sizes, copied: bool) -> __torch__.decoding.Layer:
  """What a step needs of a layer. The norms' weights, times the root of the size (see rms_norm), go into the matrices if
  those are copied."""
  rows = __torch__.decoding.grouped_rows(sizes, layer.query_key_value.device)
  root = layer.input_norm.numel() ** 0.5
  input_norm = torch.mul(layer.input_norm, root)
  attention_norm = torch.mul(layer.attention_norm, root)
  nothing = torch.narrow(input_norm, 0, 0, 0)
  bias = layer.query_key_value_bias
  if bias.numel() > 0:
    bias = torch.index_select(bias, 0, rows)
  head_norm = nothing
  if layer.query_norm.numel() > 0:
    query_norm = __torch__.rotary.paired(layer.query_norm, sizes.head_size).unsqueeze(0)
    key_norm = __torch__.rotary.paired(layer.key_norm, sizes.head_size).unsqueeze(0)
    head_norm = torch.mul(torch.cat([query_norm.expand([sizes.heads // sizes.key_value_heads, -1]), key_norm]),
        sizes.head_size ** 0.5)
  gate, up = torch.chunk(layer.gate_up, 2)
  return __torch__.decoding.Layer(
      nothing if copied else input_norm,
      __torch__.decoding.matrix(torch.index_select(layer.query_key_value, 0, rows), input_norm, copied),
      bias,
      head_norm,
      __torch__.decoding.matrix(layer.output, nothing, copied),
      layer.output_bias,
      nothing if copied else attention_norm,
      __torch__.decoding.matrix(gate, attention_norm, copied),
      __torch__.decoding.matrix(up, attention_norm, copied),
      __torch__.decoding.matrix(layer.down, nothing, copied),
      __torch__.decoding.adapter(layer.adapter, sizes, rows))


def adapter(adapter: __torch__.lora.Adapter, sizes: __torch__.decoder.Sizes, rows: Tensor) -> List[Tensor]:
  """A [in, rank] and scaled B [rank, out] of the products of a step that have an adapter: queries, keys and values, with B
  block-diagonal; output; gate; up; down. Those that have none are empty; without an adapter, there is nothing."""
  result : List[Tensor] = []
  if len(adapter.matrices) > 0:
    counts = __torch__.decoder.projection_rows(sizes)
    downs : List[Tensor] = []
    ups : List[Tensor] = []
    for module in range(3):
      down = adapter.matrices[2 * module]
      if down.numel() > 0:
        downs.append(down)
        ups.append(adapter.matrices[2 * module + 1])
      else:
        ups.append(torch.zeros([counts[module], 0], dtype=down.dtype, layout=None, device=down.device))
    if len(downs) > 0:
      result.append(torch.cat(downs).t())
      result.append(torch.mul(torch.index_select(torch.block_diag(ups), 0, rows).t(), adapter.scale))
    else:
      result.extend([adapter.matrices[0], adapter.matrices[1]])
    for module in range(3, __torch__.lora.modules()):
      result.append(adapter.matrices[2 * module].t())
      result.append(torch.mul(adapter.matrices[2 * module + 1].t(), adapter.scale))
  return result


def adapted_(layer: __torch__.decoding.Layer, product: int, x: Tensor, y: Tensor) -> Tensor:
  """Adds to y, one of the products of x with a matrix, the adapter's part in place."""
  if len(layer.adapter) == 0:
    return y
  if layer.adapter[2 * product].numel() == 0:
    return y
  return y.addmm_(torch.mm(x, layer.adapter[2 * product]), layer.adapter[2 * product + 1])


def new_cache(sizes: __torch__.decoder.Sizes, layers: int, slots: int, length: int, like: Tensor) -> Tensor:
  return torch.zeros([layers, slots * sizes.key_value_heads, 2, sizes.head_size, length], dtype=like.dtype, layout=None,
      device=like.device)


def new_bias(sizes: __torch__.decoder.Sizes, slots: int, length: int, like: Tensor) -> Tensor:
  return torch.full([slots * sizes.key_value_heads, sizes.heads // sizes.key_value_heads, length], -inf, dtype=like.dtype,
      layout=None, device=like.device)


def window(cache: Tensor, bias: Tensor, length: int) -> __torch__.decoding.Window:
  """Views of the first positions of all slots."""
  keys : List[Tensor] = []
  values : List[Tensor] = []
  for l in range(cache.size(0)):
    held = torch.narrow(cache[l], 3, 0, length)
    keys.append(torch.select(held, 1, 0))
    values.append(torch.select(held, 1, 1).transpose(1, 2))
  return __torch__.decoding.Window(keys, values, torch.narrow(bias, 2, 0, length))


def rows_by_slot(flat: Tensor, length: int, slots: int) -> Tensor:
  """Index [slots, rows of a slot] of position 0 of every row of a flattened tensor whose rows have this length."""
  starts = torch.arange(flat.numel() // length, dtype=4, layout=None, device=flat.device)
  return torch.mul(starts, length).view([slots, -1])


def rms_norm(x: Tensor, weight: Tensor, root: Tensor) -> Tensor:
  """RMS norm in few operations: x / sqrt(sum of squares + size * epsilon), where root is the root of size * epsilon; its
  factor of the root of the size is in weight, or in what comes after if weight is empty."""
  normed = torch.div(x, torch.hypot(torch.linalg_vector_norm(x, 2, [-1], True, dtype=6), root))
  if weight.numel() > 0:
    normed = torch.mul(normed, weight)
  return normed.to(x.dtype)


def linear(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  if bias.numel() == 0:
    return torch.mm(x, weight)
  return torch.addmm(bias, x, weight)


def turn_(heads: Tensor, rotation: Tensor) -> Tensor:
  """Turns heads [n, heads, size], whose pairs are neighbours, by rotation [n, 1, half], in place if the type allows."""
  pairs = heads.to(6).view([heads.size(0), heads.size(1), -1, 2])
  torch.view_as_complex(pairs).mul_(rotation)
  return pairs


def step(layer: __torch__.decoding.Layer, sizes: __torch__.decoder.Sizes, roots: Tensor, x: Tensor, rotation: Tensor,
    cache: Tensor, places: Tensor, keys: Tensor, values: Tensor, bias: Tensor) -> Tensor:
  """One layer for one new token of every slot, x [slots, hidden]; its keys and values go to places of the flat cache."""
  slots = x.size(0)
  batch = keys.size(0)
  group = bias.size(1)
  root = roots[0]
  normed = __torch__.decoding.rms_norm(x, layer.input_norm, root)
  projected = __torch__.decoding.linear(normed, layer.query_key_value, layer.query_key_value_bias)
  heads = __torch__.decoding.adapted_(layer, 0, normed, projected).view([batch, group + 2, sizes.head_size])
  turning = torch.narrow(heads, 1, 0, group + 1)
  if layer.head_norm.numel() > 0:
    turning.copy_(__torch__.decoding.rms_norm(turning, layer.head_norm, roots[1]))
  turned = __torch__.decoding.turn_(turning, rotation)
  if x.dtype != 6:
    turning.copy_(turned.view(turning.size()))
  cache.scatter_(0, places, torch.narrow(heads, 1, group, 2).reshape([-1]))
  attended = __torch__.attention.cached(torch.narrow(heads, 1, 0, group), keys, values, bias).view([slots, -1])
  if layer.output_bias.numel() > 0:
    x = torch.add(x, layer.output_bias)
  x = __torch__.decoding.adapted_(layer, 1, attended, torch.addmm(x, attended, layer.output))
  normed = __torch__.decoding.rms_norm(x, layer.attention_norm, root)
  gate = __torch__.decoding.adapted_(layer, 2, normed, torch.mm(normed, layer.gate))
  up = __torch__.decoding.adapted_(layer, 3, normed, torch.mm(normed, layer.up))
  gated = torch.silu_(gate).mul_(up)
  return __torch__.decoding.adapted_(layer, 4, gated, torch.addmm(x, gated, layer.down))
