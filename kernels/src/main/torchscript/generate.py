# Sampling of many sequences in a fixed number of slots: a slot whose sequence is complete takes the next one waiting
# (continuous batching: Yu et al., "Orca", 2022). Slots are looked at after fixed numbers of steps, never by the clock.

def steps_between_checks() -> int:
  """Most steps until slots are looked at for stop tokens; a sequence wastes at most one less."""
  return 8


def length_multiple() -> int:
  """Attention reads a number of positions that is a multiple of this. Matrix products over lengths that are add zeros for
  positions that a slot does not hold without changing, as a rule, the order in which they add the others."""
  return 64


def round_up(value: int, multiple: int) -> int:
  return (value + multiple - 1) // multiple * multiple


def prefill(weights: List[Tensor], adapters: List[__torch__.lora.Adapter], sizes: __torch__.decoder.Sizes, ids: Tensor,
    rotation: Tensor) -> Tensor:
  """Keys and values [layers, kv heads, 2, head size, time] of one prompt ids [time]."""
  cached : List[Tensor] = []
  x = torch.embedding(weights[0], ids.unsqueeze(0))
  rotation = torch.narrow(rotation, 0, 0, ids.size(0))
  for l in range(__torch__.decoder.layers(weights)):
    layer = __torch__.decoder.layer_of(__torch__.decoder.layer_tensors(weights, l), adapters[l])
    query, key, value = __torch__.decoder.query_key_value(layer, sizes, x, rotation)
    x = __torch__.decoder.after_attention(layer, sizes, x, __torch__.attention.causal(query, key, value))
    cached.append(torch.stack([key[0], value[0]], 1).transpose(2, 3))
  return torch.stack(cached)


def adapted(inputs: Dict[str, Tensor], sizes: __torch__.decoder.Sizes, merge: bool,
    dtype: int) -> Tuple[List[Tensor], List[__torch__.lora.Adapter]]:
  """The weights in a type, and the adapter of each layer: none if it is merged into the weights.

  Merged, a step costs what it costs without an adapter, but the layers' matrices are there a second time while sequences
  are sampled. That is nothing new where they are cast to another type, and little where they are few enough to be copied;
  for others the adapter's small products are made in each step."""
  weights = __torch__.decoder.tensors(inputs["weights"], inputs["views"])
  tensors = __torch__.lora.tensors(inputs, inputs["adapter"])
  result = [weights[0].to(dtype)]
  adapters : List[__torch__.lora.Adapter] = []
  for l in range(__torch__.decoder.layers(weights)):
    layer = __torch__.decoder.layer_tensors(weights, l)
    adapter = __torch__.lora.of_layer(inputs, __torch__.lora.layer_tensors(tensors, l), l)
    if merge and len(tensors) > 0:
      layer = __torch__.lora.merged_layer(adapter, sizes, layer)
      adapter = __torch__.lora.none(inputs["adapter"])
    result.extend(__torch__.decoder.cast(layer, dtype))
    adapters.append(adapter)
  result.append(__torch__.decoder.final_norm(weights).to(dtype))
  result.append(__torch__.decoder.projection(weights).to(dtype))
  return (result, adapters)


def prompt_lengths(offsets: List[int]) -> List[int]:
  lengths : List[int] = []
  for i in range(len(offsets) - 1):
    lengths.append(offsets[i + 1] - offsets[i])
  return lengths


def run(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """Samples sequences that continue prompts.

  prompts is the concatenation of all prompts' ids, offsets [prompts + 1] their bounds; sequence i continues prompt
  sequence_prompts[i] with random key keys[i] for at most limits[i] tokens. Returns per step and slot [steps, slots] the
  tokens, logprobs and filtered_logprobs, and per sequence its slot, its first step and the step after its last one; a stop
  token may come before that."""
  dtype = int(inputs["compute_type"].item())
  s = __torch__.sampling.settings(inputs)
  sizes = __torch__.decoder.sizes(inputs)
  slots = int(inputs["slots"].item())
  copied = bool(inputs["copied"].item())
  weights, adapters = __torch__.generate.adapted(inputs, sizes, copied or dtype != 6, dtype)
  device = weights[0].device
  layers : List[__torch__.decoding.Layer] = []
  for l in range(__torch__.decoder.layers(weights)):
    layers.append(__torch__.decoding.prepared(
        __torch__.decoder.layer_of(__torch__.decoder.layer_tensors(weights, l), adapters[l]), sizes, copied))
  embedding = weights[0]
  final_norm = torch.mul(__torch__.decoder.final_norm(weights), embedding.size(1) ** 0.5)
  projection = __torch__.decoding.matrix(__torch__.decoder.projection(weights), final_norm, copied)
  if copied:
    final_norm = torch.narrow(final_norm, 0, 0, 0)
  roots = torch.tensor([embedding.size(1) * sizes.epsilon, sizes.head_size * sizes.epsilon], dtype=6, device=device,
      requires_grad=False).sqrt_()
  vocabulary = embedding.size(0)

  prompts = inputs["prompts"]
  offsets = annotate(List[int], inputs["offsets"].tolist())
  lengths = __torch__.generate.prompt_lengths(offsets)
  sequence_prompts = annotate(List[int], inputs["sequence_prompts"].tolist())
  limits = annotate(List[int], inputs["limits"].tolist())
  stops = torch.zeros([vocabulary], dtype=11, layout=None, device=device)
  stops.index_fill_(0, inputs["stop_ids"], True)
  count = len(limits)
  longest = 1
  uses : List[int] = []
  for i in range(len(lengths)):
    uses.append(0)
  for i in range(count):
    uses[sequence_prompts[i]] = uses[sequence_prompts[i]] + 1
    longest = max(longest, lengths[sequence_prompts[i]] + limits[i])
  multiple = __torch__.generate.length_multiple()
  block = __torch__.generate.steps_between_checks()
  length = __torch__.generate.round_up(longest, multiple)

  rotation = __torch__.rotary.rotations(inputs["frequencies"], length)
  cache = __torch__.decoding.new_cache(sizes, len(layers), slots, length, embedding)
  bias = __torch__.decoding.new_bias(sizes, slots, length, embedding)
  flat_caches : List[Tensor] = []
  for l in range(len(layers)):
    flat_caches.append(torch.flatten(cache[l]))
  flat_bias = torch.flatten(bias)
  cache_rows = __torch__.decoding.rows_by_slot(cache[0], length, slots)
  bias_rows = __torch__.decoding.rows_by_slot(bias, length, slots)
  slot_caches = cache.view([len(layers), slots, sizes.key_value_heads, 2, sizes.head_size, length])
  slot_bias = bias.view([slots, -1, length])
  masses = __torch__.sampling.new_masses(slots, vocabulary, embedding)
  seen = torch.zeros([slots, vocabulary], dtype=11, layout=None, device=device)
  tracked = s.repetition_penalty != 1.

  positions = torch.zeros([slots], dtype=4, layout=None, device=device)
  origins = torch.zeros([slots], dtype=4, layout=None, device=device)
  keys = torch.zeros([slots], dtype=4, layout=None, device=device)
  token = torch.zeros([slots], dtype=4, layout=None, device=device)
  stopped = torch.zeros([slots], dtype=11, layout=None, device=device)

  prompt_caches : List[Tensor] = []
  for i in range(len(lengths)):
    prompt_caches.append(torch.zeros([0]))
  sequences : List[int] = []
  starts : List[int] = []
  for i in range(slots):
    sequences.append(-1)
    starts.append(0)
  slot_of : List[int] = []
  first_step : List[int] = []
  end_step : List[int] = []
  for i in range(count):
    slot_of.append(0)
    first_step.append(0)
    end_step.append(0)
  tokens : List[Tensor] = []
  logprobs : List[Tensor] = []
  filtered_logprobs : List[Tensor] = []

  step = 0
  waiting = 0
  window = __torch__.decoding.window(cache, bias, multiple)
  running = True
  while running:
    flags = annotate(List[bool], stopped.tolist())
    # The last one belongs to the record; this one is written to.
    token = token.clone()
    steps = block
    reach = 0
    running = False
    for i in range(slots):
      sequence = sequences[i]
      if sequence >= 0:
        if flags[i] or step - starts[i] >= limits[sequence]:
          end_step[sequence] = step
          sequences[i] = -1
      if sequences[i] < 0 and waiting < count:
        sequence = waiting
        waiting = waiting + 1
        prompt = sequence_prompts[sequence]
        held = lengths[prompt] - 1
        ids = torch.narrow(prompts, 0, offsets[prompt], lengths[prompt])
        bias_of_slot = slot_bias[i]
        bias_of_slot.fill_(-inf)
        if held > 0:
          if prompt_caches[prompt].numel() == 0:
            prompt_caches[prompt] = __torch__.generate.prefill(weights, adapters, sizes, torch.narrow(ids, 0, 0, held), rotation)
          torch.narrow(torch.select(slot_caches, 1, i), 4, 0, held).copy_(prompt_caches[prompt])
          torch.narrow(bias_of_slot, 1, 0, held).fill_(0.)
        uses[prompt] = uses[prompt] - 1
        if uses[prompt] == 0:
          prompt_caches[prompt] = torch.zeros([0])
        if tracked:
          seen[i].fill_(False).index_fill_(0, ids, True)
        positions[i].fill_(held)
        origins[i].fill_(held)
        keys[i].copy_(inputs["keys"][sequence])
        token[i].copy_(ids[held])
        stopped[i].fill_(False)
        sequences[i] = sequence
        starts[i] = step
        slot_of[sequence] = i
        first_step[sequence] = step
      sequence = sequences[i]
      if sequence >= 0:
        running = True
        made = step - starts[i]
        steps = min(steps, limits[sequence] - made)
        reach = max(reach, lengths[sequence_prompts[sequence]] + made)
      else:
        positions[i].fill_(0)
    if running:
      reach = __torch__.generate.round_up(reach + steps - 1, multiple)
      if reach != window.bias.size(2):
        window = __torch__.decoding.window(cache, bias, reach)
      ahead = torch.arange(steps, dtype=4, layout=None, device=device)
      uniforms = __torch__.sampling.uniforms(keys.unsqueeze(1), torch.add(torch.sub(positions, origins).unsqueeze(1), ahead))
      for j in range(steps):
        place = positions.unsqueeze(1)
        places = torch.flatten(torch.add(cache_rows, place))
        flat_bias.scatter_(0, torch.flatten(torch.add(bias_rows, place)), 0.)
        turn = torch.index_select(rotation, 0, torch.repeat_interleave(positions, sizes.key_value_heads)).unsqueeze(1)
        x = torch.embedding(embedding, token)
        for l in range(len(layers)):
          x = __torch__.decoding.step(layers[l], sizes, roots, x, turn, flat_caches[l], places, window.keys[l],
              window.values[l], window.bias)
        logits = torch.mm(__torch__.decoding.rms_norm(x, final_norm, roots[0]), projection).to(6)
        if tracked:
          seen.scatter_(1, token.unsqueeze(1), True)
        token, logprob, filtered_logprob = __torch__.sampling.next_token(s, logits, seen, torch.narrow(uniforms, 1, j, 1),
            masses)
        tokens.append(token)
        logprobs.append(logprob)
        filtered_logprobs.append(filtered_logprob)
        stopped.bitwise_or_(torch.index_select(stops, 0, token))
        positions = torch.add(positions, 1)
      step = step + steps

  return {
      "tokens": torch.stack(tokens).cpu(),
      "logprobs": torch.stack(logprobs).cpu(),
      "filtered_logprobs": torch.stack(filtered_logprobs).cpu(),
      "slot": torch.tensor(slot_of, dtype=4, device=None, requires_grad=False),
      "first_step": torch.tensor(first_step, dtype=4, device=None, requires_grad=False),
      "end_step": torch.tensor(end_step, dtype=4, device=None, requires_grad=False)}
