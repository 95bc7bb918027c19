# LoRA: Hu et al., "LoRA: low-rank adaptation of large language models", 2021. A matrix W becomes W + scale B A, of which only
# A [rank, in] and B [out, rank] learn; while they do, inputs of A are dropped as in PEFT.
#
# An adapter is one flat tensor. Its tensors are A and B of the seven matrices of each layer in the order query, key, value,
# output, gate, up, down; those of a matrix that is not adapted are empty, and a model without an adapter has none.

class Adapter(NamedTuple):
  matrices : List[Tensor]
  scale : float
  dropout : float
  keys : Tensor
  layer : int


def modules() -> int:
  """Number of matrices of a layer that may be adapted."""
  return 7


def tensors(inputs: Dict[str, Tensor], flat: Tensor) -> List[Tensor]:
  """A and B of all layers, as views of flat: of an adapter, or of its gradient."""
  return __torch__.decoder.tensors(flat, inputs["adapter_views"])


def layer_tensors(tensors: List[Tensor], layer: int) -> List[Tensor]:
  count = 2 * __torch__.lora.modules()
  return tensors[layer * count:(layer + 1) * count]


def scale(inputs: Dict[str, Tensor]) -> float:
  return float(inputs["adapter_scale"].item())


def none(like: Tensor) -> __torch__.lora.Adapter:
  """No adapter."""
  return __torch__.lora.Adapter(annotate(List[Tensor], []), 0., 0., like, 0)


def of_layer(inputs: Dict[str, Tensor], matrices: List[Tensor], layer: int) -> __torch__.lora.Adapter:
  """The adapter of one layer, all of its inputs kept."""
  return __torch__.lora.Adapter(matrices, __torch__.lora.scale(inputs), 0., inputs["adapter"], layer)


def learning(inputs: Dict[str, Tensor], matrices: List[Tensor], layer: int) -> __torch__.lora.Adapter:
  """The adapter of one layer with dropout, of which the masks have a key for each row of the batch."""
  return __torch__.lora.Adapter(matrices, __torch__.lora.scale(inputs), float(inputs["adapter_dropout"].item()),
      inputs["dropout_keys"], layer)


def cast(adapter: __torch__.lora.Adapter, dtype: int) -> __torch__.lora.Adapter:
  return __torch__.lora.Adapter(__torch__.decoder.cast(adapter.matrices, dtype), adapter.scale, adapter.dropout, adapter.keys,
      adapter.layer)


def dropped(adapter: __torch__.lora.Adapter, module: int, x: Tensor) -> Tensor:
  """x [batch, time, in] with a share of its numbers zero and the others larger by as much. Whether a number stays is a
  function of the row's key, the matrix and its own place: not of padding or of the other rows, and the same again when a
  layer is computed again."""
  if adapter.dropout == 0.:
    return x
  site = adapter.layer * __torch__.lora.modules() + module
  places = torch.arange(x.size(1) * x.size(2), dtype=4, layout=None, device=x.device).view([1, x.size(1), x.size(2)])
  uniforms = __torch__.sampling.uniforms(adapter.keys.view([-1, 1, 1]), torch.add(places, site * 17592186044416))
  return torch.mul(x, torch.ge(uniforms, adapter.dropout).to(x.dtype).div_(1. - adapter.dropout))


def added(adapter: __torch__.lora.Adapter, module: int, x: Tensor, y: Tensor, head_size: int) -> Tensor:
  """y, a matrix times x, plus the adapter's part of it. With a head size, rows are in the order of pairs of rotary.py."""
  if len(adapter.matrices) == 0:
    return y
  down = adapter.matrices[2 * module]
  up = adapter.matrices[2 * module + 1]
  if down.numel() == 0:
    return y
  if head_size > 0:
    up = __torch__.rotary.paired(up, head_size)
  reduced = torch.linear(__torch__.lora.dropped(adapter, module, x), down)
  return torch.add(y, torch.linear(torch.mul(reduced, adapter.scale), up))


def merged(adapter: __torch__.lora.Adapter, module: int, weight: Tensor) -> Tensor:
  """W + scale B A."""
  if adapter.matrices[2 * module].numel() == 0:
    return weight
  return torch.addmm(weight, adapter.matrices[2 * module + 1], adapter.matrices[2 * module], beta=1, alpha=adapter.scale)


def merged_layer(adapter: __torch__.lora.Adapter, sizes: __torch__.decoder.Sizes, weights: List[Tensor]) -> List[Tensor]:
  """The tensors of a layer without need of an adapter."""
  layer = __torch__.decoder.layer_of(weights, adapter)
  query, key, value = torch.split_with_sizes(layer.query_key_value, __torch__.decoder.projection_rows(sizes), 0)
  gate, up = torch.chunk(layer.gate_up, 2)
  return [
      layer.input_norm,
      torch.cat([__torch__.lora.merged(adapter, 0, query), __torch__.lora.merged(adapter, 1, key),
          __torch__.lora.merged(adapter, 2, value)]),
      layer.query_key_value_bias,
      layer.query_norm,
      layer.key_norm,
      __torch__.lora.merged(adapter, 3, layer.output),
      layer.output_bias,
      layer.attention_norm,
      torch.cat([__torch__.lora.merged(adapter, 4, gate), __torch__.lora.merged(adapter, 5, up)]),
      __torch__.lora.merged(adapter, 6, layer.down)]


def merge(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """W + scale B A of one matrix, in place of it."""
  weight = inputs["weight"]
  weight.addmm_(inputs["up"], inputs["down"], beta=1, alpha=__torch__.lora.scale(inputs))
  return annotate(Dict[str, Tensor], {})
