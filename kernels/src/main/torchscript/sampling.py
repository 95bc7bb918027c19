# Drawing the next token. The filters are those of transformers, in its order: repetition penalty (Keskar et al., "CTRL",
# 2019), temperature, top-k, top-p (Holtzman et al., "The curious case of neural text degeneration", 2020), min-p (Nguyen et
# al., "Turning up the heat", 2024).

class Settings(NamedTuple):
  temperature : float
  top_k : int
  top_p : float
  min_p : float
  repetition_penalty : float


def settings(inputs: Dict[str, Tensor]) -> __torch__.sampling.Settings:
  return __torch__.sampling.Settings(
      float(inputs["temperature"].item()),
      int(inputs["top_k"].item()),
      float(inputs["top_p"].item()),
      float(inputs["min_p"].item()),
      float(inputs["repetition_penalty"].item()))


def penalised(s: __torch__.sampling.Settings, logits: Tensor, seen: Tensor) -> Tensor:
  """Makes tokens that were seen [n, vocabulary] less likely."""
  if s.repetition_penalty == 1.:
    return logits
  lowered = torch.where(torch.lt(logits, 0.), torch.mul(logits, s.repetition_penalty),
      torch.div(logits, s.repetition_penalty))
  return torch.where(seen, lowered, logits)


def tempered(s: __torch__.sampling.Settings, logits: Tensor) -> Tensor:
  """Greedy sampling, temperature 0, leaves logits as they are."""
  if s.temperature == 1. or s.temperature == 0.:
    return logits
  return torch.div(logits, s.temperature)


def keep_top_k(logits: Tensor, k: int) -> Tensor:
  if k <= 0 or k >= logits.size(-1):
    return logits
  threshold = torch.narrow(torch.topk(logits, k)[0], -1, k - 1, 1)
  return torch.masked_fill(logits, torch.lt(logits, threshold), -inf)


def keep_top_p(logits: Tensor, p: float) -> Tensor:
  """Drops tokens once those before them, in descending order, have a mass of p.

  Only tokens of at least (1 - p) / vocabulary need to be ordered: all others together have less than 1 - p."""
  if p >= 1.:
    return logits
  probabilities = torch.softmax(logits, -1, dtype=None)
  candidates = int(torch.sum(torch.ge(probabilities, (1. - p) / logits.size(-1)), [-1]).max().item())
  if candidates < logits.size(-1) // 4:
    ordered, order = torch.topk(probabilities, max(candidates, 1))
  else:
    ordered, order = torch.sort(probabilities, -1, True)
  before = torch.sub(torch.cumsum(ordered, -1, dtype=7), ordered)
  dropped = torch.ge(before, p)
  dropped.select(-1, 0).fill_(False)
  return torch.masked_fill(logits, torch.scatter(torch.ones_like(logits, dtype=11), -1, order, dropped), -inf)


def keep_min_p(logits: Tensor, p: float) -> Tensor:
  """Drops tokens less probable than p times the most probable one."""
  if p <= 0.:
    return logits
  threshold = torch.add(torch.amax(logits, [-1], True), torch.log(p))
  return torch.masked_fill(logits, torch.lt(logits, threshold), -inf)


def filtered(s: __torch__.sampling.Settings, logits: Tensor) -> Tensor:
  """Tempered logits with those of excluded tokens -inf."""
  return __torch__.sampling.keep_min_p(__torch__.sampling.keep_top_p(__torch__.sampling.keep_top_k(
      logits, s.top_k), s.top_p), s.min_p)


def is_filtered(s: __torch__.sampling.Settings) -> bool:
  return s.top_k > 0 or s.top_p < 1. or s.min_p > 0. or s.repetition_penalty != 1.


def probabilities(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """Next-token distribution [n, vocabulary] of logits [n, vocabulary] after previous_ids [n, length]."""
  s = __torch__.sampling.settings(inputs)
  logits = inputs["logits"]
  seen = torch.zeros_like(logits, dtype=11).scatter_(1, inputs["previous_ids"], True)
  kept = __torch__.sampling.filtered(s, __torch__.sampling.tempered(s, __torch__.sampling.penalised(s, logits, seen)))
  return {"probabilities": torch.softmax(kept, -1, dtype=None).cpu()}


def sample(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """One token for each row of logits [n, vocabulary] after previous_ids [n, length], drawn with uniforms [n]."""
  s = __torch__.sampling.settings(inputs)
  logits = inputs["logits"]
  seen = torch.zeros_like(logits, dtype=11).scatter_(1, inputs["previous_ids"], True)
  masses = __torch__.sampling.new_masses(logits.size(0), logits.size(1), logits)
  tokens, logprobs, filtered_logprobs = __torch__.sampling.next_token(
      s, logits, seen, inputs["uniforms"].unsqueeze(1), masses)
  return {"tokens": tokens.cpu(), "logprobs": logprobs.cpu(), "filtered_logprobs": filtered_logprobs.cpu()}


def shift_right(x: Tensor, bits: int) -> Tensor:
  """Logical shift of 64-bit integers: zeros come in from the left."""
  return torch.bitwise_and(torch.__rshift__(x, bits), (1 << (64 - bits)) - 1)


def uniforms(keys: Tensor, positions: Tensor) -> Tensor:
  """Uniform numbers in [0, 1), multiples of 2^-53, of 64-bit keys and positions that broadcast to each other.

  The finaliser of SplitMix64 over key + (position + 1) * odd constant: Steele, Lea and Flood, "Fast splittable
  pseudorandom number generators", 2014. Integers wrap around."""
  bits = torch.add(keys, torch.mul(torch.add(positions, 1), -7046029254386353131))
  bits = torch.mul(torch.bitwise_xor(bits, __torch__.sampling.shift_right(bits, 30)), -4658895280553007687)
  bits = torch.mul(torch.bitwise_xor(bits, __torch__.sampling.shift_right(bits, 27)), -7723592293110705685)
  bits = torch.bitwise_xor(bits, __torch__.sampling.shift_right(bits, 31))
  return torch.mul(__torch__.sampling.shift_right(bits, 11).to(7), 1.1102230246251565e-16)


def block_size(vocabulary: int) -> int:
  """Tokens summed together: about the square root of the vocabulary, a power of two."""
  size = 16
  while size * size < vocabulary:
    size = size * 2
  return size


def first_above(cumulative: Tensor, target: Tensor) -> Tensor:
  """Index [n] of the first element of cumulative [n, m], which never falls, above target [n, 1].

  A target that rounding put at or above the last element is moved just below it. So the element found is larger than the
  one before it: what has no mass is never drawn."""
  last = torch.narrow(cumulative, 1, cumulative.size(1) - 1, 1)
  below = torch.minimum(target, torch.mul(last, 0.99999999999999978))
  return torch.searchsorted(cumulative, below, out_int32=False, right=True).clamp_max_(cumulative.size(1) - 1)


def draw(masses: Tensor, uniform: Tensor) -> Tuple[Tensor, Tensor]:
  """Inverse-CDF sampling: the token [n] at which the running sum of masses [n, blocks, block] exceeds uniform [n, 1] times
  the total [n]. First among sums of blocks, then within one: few long sums, in double precision, so exact enough for large
  vocabularies."""
  block_sums = torch.sum(masses, [2])
  sums = torch.cumsum(block_sums, 1, dtype=7)
  total = torch.narrow(sums, 1, sums.size(1) - 1, 1)
  target = torch.mul(uniform, total)
  block = __torch__.sampling.first_above(sums, target)
  start = torch.sub(torch.gather(sums, 1, block), torch.gather(block_sums, 1, block))
  within = torch.gather(masses, 1, block.unsqueeze(2).expand([-1, -1, masses.size(2)])).squeeze(1)
  index = __torch__.sampling.first_above(torch.cumsum(within, 1, dtype=7), torch.sub(target, start).clamp_min_(0.))
  return (torch.add(torch.mul(block, masses.size(2)), index).squeeze(1), total.squeeze(1))


def new_masses(rows: int, vocabulary: int, like: Tensor) -> Tensor:
  """Room [rows, blocks, block] for the masses of a vocabulary, padded with zeros to whole blocks."""
  block = __torch__.sampling.block_size(vocabulary)
  blocks = (vocabulary + block - 1) // block
  return torch.zeros([rows, blocks, block], dtype=6, layout=None, device=like.device)


def next_token(s: __torch__.sampling.Settings, logits: Tensor, seen: Tensor, uniform: Tensor,
    masses: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
  """Tokens [n] drawn from logits [n, vocabulary] with uniform [n, 1]; log-probability of each under the policy at the
  sampling temperature and under the filtered distribution. Uses masses as room to work in."""
  policy = __torch__.sampling.tempered(s, logits)
  if s.temperature == 0.:
    token = torch.argmax(__torch__.sampling.penalised(s, logits, seen), -1)
    logprob = torch.gather(torch.log_softmax(policy, -1, dtype=None), 1, token.unsqueeze(1)).squeeze(1)
    return (token, logprob, torch.zeros_like(logprob))
  kept = policy
  if __torch__.sampling.is_filtered(s):
    kept = __torch__.sampling.filtered(s, __torch__.sampling.tempered(s, __torch__.sampling.penalised(s, logits, seen)))
  maximum = torch.amax(kept, [1], True)
  room = torch.narrow(torch.flatten(masses, 1), 1, 0, logits.size(1))
  torch.exp(torch.sub(kept, maximum), out=room)
  token, total = __torch__.sampling.draw(masses, uniform)
  # Only logits that are not numbers put it into the padding.
  token.clamp_max_(logits.size(1) - 1)
  above = torch.sub(torch.gather(kept, 1, token.unsqueeze(1)), maximum).squeeze(1)
  filtered_logprob = torch.sub(above, torch.log(total)).to(6)
  logprob = filtered_logprob
  if __torch__.sampling.is_filtered(s):
    logprob = torch.gather(torch.log_softmax(policy, -1, dtype=None), 1, token.unsqueeze(1)).squeeze(1)
  return (token, logprob, filtered_logprob)
