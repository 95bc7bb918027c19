# One decoder for Llama, Mistral, Qwen2 and Qwen3: Touvron et al., "Llama 2", 2023; Qwen team, "Qwen3 technical report",
# 2025. What a model lacks (biases, query and key norms) is an empty tensor in its place.

class Sizes(NamedTuple):
  heads : int
  key_value_heads : int
  head_size : int
  epsilon : float


class Layer(NamedTuple):
  input_norm : Tensor
  query_key_value : Tensor
  query_key_value_bias : Tensor
  query_norm : Tensor
  key_norm : Tensor
  output : Tensor
  output_bias : Tensor
  attention_norm : Tensor
  gate_up : Tensor
  down : Tensor
  adapter : __torch__.lora.Adapter


def sizes(model: Dict[str, Tensor]) -> __torch__.decoder.Sizes:
  heads, key_value_heads, head_size = annotate(List[int], model["heads"].tolist())
  return __torch__.decoder.Sizes(heads, key_value_heads, head_size, float(model["epsilon"].item()))


def layer_size() -> int:
  """Number of tensors in a layer."""
  return 10


def tensors(flat: Tensor, views: Tensor) -> List[Tensor]:
  """Views of the one flat tensor; views [count, 3] holds offset, rows and columns of each (columns 0: a vector)."""
  result : List[Tensor] = []
  for view in annotate(List[List[int]], views.tolist()):
    offset, rows, columns = view
    if columns == 0:
      result.append(torch.narrow(flat, 0, offset, rows))
    else:
      result.append(torch.narrow(flat, 0, offset, rows * columns).view([rows, columns]))
  return result


def cast(weights: List[Tensor], dtype: int) -> List[Tensor]:
  """The same numbers in another type."""
  result : List[Tensor] = []
  for weight in weights:
    result.append(weight.to(dtype))
  return result


def layers(weights: List[Tensor]) -> int:
  """Number of layers in a model's tensors: the embedding, the layers, the final norm, the output projection."""
  return (len(weights) - 3) // __torch__.decoder.layer_size()


def layer_tensors(weights: List[Tensor], index: int) -> List[Tensor]:
  first = 1 + index * __torch__.decoder.layer_size()
  return weights[first:first + __torch__.decoder.layer_size()]


def layer_of(w: List[Tensor], adapter: __torch__.lora.Adapter) -> __torch__.decoder.Layer:
  return __torch__.decoder.Layer(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7], w[8], w[9], adapter)


def final_norm(weights: List[Tensor]) -> Tensor:
  return weights[len(weights) - 2]


def projection(weights: List[Tensor]) -> Tensor:
  """The output projection [vocabulary, hidden]; for a tied model, views has the embedding twice."""
  return weights[len(weights) - 1]


def linear(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  if bias.numel() == 0:
    return torch.linear(x, weight)
  return torch.linear(x, weight, bias)


def rms_norm(x: Tensor, weight: Tensor, epsilon: float) -> Tensor:
  """Zhang and Sennrich, "Root mean square layer normalization", 2019; over the last dimension."""
  return torch.rms_norm(x, [x.size(-1)], weight, epsilon)


def projection_rows(sizes: __torch__.decoder.Sizes) -> List[int]:
  """Rows of the query, key and value matrices."""
  keys = sizes.key_value_heads * sizes.head_size
  return [sizes.heads * sizes.head_size, keys, keys]


def query_key_value(layer: __torch__.decoder.Layer, sizes: __torch__.decoder.Sizes, x: Tensor,
    rotation: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
  """Query [batch, heads, time, size], key and value [batch, kv heads, time, size] of x [batch, time, hidden], queries and
  keys turned by rotation [time, half]. The three matrices, which lie one after the other, are used one by one: their
  outcomes are then contiguous, backwards too."""
  normed = __torch__.decoder.rms_norm(x, layer.input_norm, sizes.epsilon)
  rows = __torch__.decoder.projection_rows(sizes)
  query_weight, key_weight, value_weight = torch.split_with_sizes(layer.query_key_value, rows, 0)
  bias = layer.query_key_value_bias
  query_bias, key_bias, value_bias = bias, bias, bias
  if bias.numel() > 0:
    query_bias, key_bias, value_bias = torch.split_with_sizes(bias, rows, 0)
    query_bias = __torch__.rotary.paired(query_bias, sizes.head_size)
    key_bias = __torch__.rotary.paired(key_bias, sizes.head_size)
  query = __torch__.decoder.linear(normed, __torch__.rotary.paired(query_weight, sizes.head_size), query_bias)
  key = __torch__.decoder.linear(normed, __torch__.rotary.paired(key_weight, sizes.head_size), key_bias)
  value = __torch__.decoder.linear(normed, value_weight, value_bias)
  query = __torch__.lora.added(layer.adapter, 0, normed, query, sizes.head_size)
  key = __torch__.lora.added(layer.adapter, 1, normed, key, sizes.head_size)
  value = __torch__.lora.added(layer.adapter, 2, normed, value, 0)
  return (__torch__.decoder.turned_heads(layer.query_norm, sizes, query, rotation),
      __torch__.decoder.turned_heads(layer.key_norm, sizes, key, rotation),
      __torch__.decoder.heads(value, sizes).transpose(1, 2))


def heads(x: Tensor, sizes: __torch__.decoder.Sizes) -> Tensor:
  """x [batch, time, heads * size] as [batch, time, heads, size]."""
  return x.view([x.size(0), x.size(1), -1, sizes.head_size])


def turned_heads(norm: Tensor, sizes: __torch__.decoder.Sizes, x: Tensor, rotation: Tensor) -> Tensor:
  """Queries or keys x [batch, time, heads * size], normed if there is a norm, turned, as [batch, heads, time, size]."""
  heads = __torch__.decoder.heads(x, sizes)
  if norm.numel() > 0:
    heads = __torch__.decoder.rms_norm(heads, __torch__.rotary.paired(norm, sizes.head_size), sizes.epsilon)
  return __torch__.rotary.turn(heads, rotation.unsqueeze(1)).transpose(1, 2)


def after_attention(layer: __torch__.decoder.Layer, sizes: __torch__.decoder.Sizes, x: Tensor,
    attended: Tensor) -> Tensor:
  """Output projection and gated feed-forward (Shazeer, "GLU variants improve transformer", 2020), both residual."""
  joined = attended.transpose(1, 2).reshape([x.size(0), x.size(1), -1])
  output = __torch__.decoder.linear(joined, layer.output, layer.output_bias)
  x = torch.add(x, __torch__.lora.added(layer.adapter, 3, joined, output, 0))
  normed = __torch__.decoder.rms_norm(x, layer.attention_norm, sizes.epsilon)
  gate_weight, up_weight = torch.chunk(layer.gate_up, 2)
  gate = __torch__.lora.added(layer.adapter, 4, normed, torch.linear(normed, gate_weight), 0)
  up = __torch__.lora.added(layer.adapter, 5, normed, torch.linear(normed, up_weight), 0)
  gated = torch.mul(torch.silu(gate), up)
  return torch.add(x, __torch__.lora.added(layer.adapter, 6, gated, torch.linear(gated, layer.down), 0))


def forward(layer: __torch__.decoder.Layer, sizes: __torch__.decoder.Sizes, x: Tensor, rotation: Tensor) -> Tensor:
  """One layer over whole rows x [batch, time, hidden]."""
  query, key, value = __torch__.decoder.query_key_value(layer, sizes, x, rotation)
  return __torch__.decoder.after_attention(layer, sizes, x, __torch__.attention.causal(query, key, value))
