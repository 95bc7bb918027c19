# The objective of an update as a function of the log-probabilities and entropies of its tokens: the policy loss with its KL
# and entropy terms, or the negative log-likelihood of supervised fine-tuning. The loss is the sum over tokens of weight *
# token loss; the weights hold the aggregation. No part of the model is seen from here.

class Settings(NamedTuple):
  loss : int
  ratio : int
  clip_low : float
  clip_high : float
  dual_clip : float
  ratio_cap : float
  kl_coefficient : float
  kl_estimator : int
  entropy_coefficient : float


class Tokens(NamedTuple):
  weights : Tensor
  advantages : Tensor
  old : Tensor
  reference : Tensor
  sampler : Tensor
  sequence : Tensor
  sequences : int


class Objective(NamedTuple):
  by_logprob : Tensor
  by_entropy : Tensor
  sums : Tensor
  maxima : Tensor


def settings(inputs: Dict[str, Tensor]) -> __torch__.policy_loss.Settings:
  return __torch__.policy_loss.Settings(
      int(inputs["loss"].item()),
      int(inputs["ratio"].item()),
      float(inputs["clip_low"].item()),
      float(inputs["clip_high"].item()),
      float(inputs["dual_clip"].item()),
      float(inputs["ratio_cap"].item()),
      float(inputs["kl_coefficient"].item()),
      int(inputs["kl_estimator"].item()),
      float(inputs["entropy_coefficient"].item()))


def reads_sequences(s: __torch__.policy_loss.Settings) -> bool:
  """Whether the loss of a token depends on other tokens of its sequence; if not, tokens can be taken in any portions."""
  return s.ratio != 0


def part(values: Tensor, start: int, length: int) -> Tensor:
  """A range of values [n], or nothing of nothing."""
  if values.size(0) == 0:
    return values
  return torch.narrow(values, 0, start, length)


def tokens(inputs: Dict[str, Tensor], start: int, length: int) -> __torch__.policy_loss.Tokens:
  """What is known of a range of tokens, [length] each; empty where samples have no such numbers."""
  return __torch__.policy_loss.Tokens(
      __torch__.policy_loss.part(inputs["token_weights"], start, length),
      __torch__.policy_loss.part(inputs["advantages"], start, length),
      __torch__.policy_loss.part(inputs["old_logprobs"], start, length),
      __torch__.policy_loss.part(inputs["reference_logprobs"], start, length),
      __torch__.policy_loss.part(inputs["sampler_logprobs"], start, length),
      __torch__.policy_loss.part(inputs["sequence"], start, length),
      int(inputs["sequences"].item()))


def old_logprob(tokens: __torch__.policy_loss.Tokens, logprob: Tensor) -> Tensor:
  """The log-probabilities of the ratio's denominator: the policy's own, detached, where none are given."""
  if tokens.old.size(0) == 0:
    return logprob.detach()
  return tokens.old


def importance_ratio(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens, logprob: Tensor,
    old: Tensor) -> Tensor:
  """0 per token, 1 per sequence, 2 per sequence with the gradient of the token."""
  if s.ratio == 0:
    return __torch__.importance.token(logprob, old)
  if s.ratio == 1:
    return __torch__.importance.sequence(logprob, old, tokens.sequence, tokens.sequences)
  return __torch__.importance.sequence_token(logprob, old, tokens.sequence, tokens.sequences)


def supervised(logprob: Tensor) -> __torch__.policy_objectives.Term:
  never = __torch__.policy_objectives.never(logprob)
  return __torch__.policy_objectives.Term(torch.neg(logprob), torch.ones_like(logprob), never, never)


def term(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens,
    logprob: Tensor) -> __torch__.policy_objectives.Term:
  """The loss without KL and entropy: 0 supervised, 1 clip."""
  if s.loss == 0:
    return __torch__.policy_loss.supervised(logprob)
  old = __torch__.policy_loss.old_logprob(tokens, logprob)
  ratio = __torch__.policy_loss.importance_ratio(s, tokens, logprob, old)
  return __torch__.policy_objectives.clip(ratio, tokens.advantages, s.clip_low, s.clip_high, s.dual_clip, s.ratio_cap)


def total(values: Tensor) -> Tensor:
  return torch.sum(values, dtype=7)


def objective(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens, logprob: Tensor,
    entropy: Tensor) -> __torch__.policy_loss.Objective:
  """The derivatives [n] of the loss with respect to logprob [n] and entropy [n], and what is told of it.

  sums over tokens in double precision, in this order: loss, policy loss, log-probability, entropy, ratio, clipped, bounded,
  approximate KL (old - new), approximate KL (k3), KL to the reference, mismatch, absolute mismatch. maxima: ratio, absolute
  mismatch."""
  zero = torch.zeros([], dtype=7, layout=None, device=logprob.device)
  torch.set_grad_enabled(True)
  leaf = logprob.detach().requires_grad_(True)
  term = __torch__.policy_loss.term(s, tokens, leaf)
  loss = term.loss
  kl = torch.zeros_like(logprob)
  if tokens.reference.size(0) > 0:
    kl = __torch__.kl_divergence.estimate(leaf, tokens.reference, s.kl_estimator)
    loss = torch.add(loss, torch.mul(kl, s.kl_coefficient))
  weighted = torch.mul(loss, tokens.weights)
  found = torch.grad([torch.sum(weighted)], [leaf], None, None, False, False)[0]
  torch.set_grad_enabled(False)
  if found is None:
    by_logprob = torch.zeros_like(logprob)
  else:
    by_logprob = found
  by_entropy = torch.mul(tokens.weights, -s.entropy_coefficient)

  difference = torch.sub(logprob, __torch__.policy_loss.old_logprob(tokens, logprob))
  mismatch = torch.zeros_like(logprob)
  if tokens.sampler.size(0) > 0:
    mismatch = torch.sub(__torch__.policy_loss.old_logprob(tokens, logprob), tokens.sampler)
  bounded = torch.clamp(difference, -20., 20.)
  sums = torch.stack([
      __torch__.policy_loss.total(torch.add(weighted.detach(), torch.mul(entropy, by_entropy))),
      __torch__.policy_loss.total(torch.mul(term.loss.detach(), tokens.weights)),
      __torch__.policy_loss.total(logprob),
      __torch__.policy_loss.total(entropy),
      __torch__.policy_loss.total(term.ratio.detach()),
      __torch__.policy_loss.total(term.clipped),
      __torch__.policy_loss.total(term.bounded),
      __torch__.policy_loss.total(torch.neg(difference)),
      __torch__.policy_loss.total(torch.sub(torch.sub(torch.exp(bounded), 1.), difference)),
      __torch__.policy_loss.total(kl.detach()),
      __torch__.policy_loss.total(mismatch),
      __torch__.policy_loss.total(torch.abs(mismatch))])
  maxima = torch.stack([torch.amax(term.ratio.detach()), torch.amax(torch.abs(mismatch))]).to(7)
  return __torch__.policy_loss.Objective(by_logprob, by_entropy, sums, maxima)


def evaluate(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """The loss of given logprobs [n] and entropies [n] with its gradients and statistics: the loss without a model."""
  logprob = inputs["logprobs"]
  objective = __torch__.policy_loss.objective(
      __torch__.policy_loss.settings(inputs),
      __torch__.policy_loss.tokens(inputs, 0, logprob.size(0)),
      logprob,
      inputs["entropies"])
  return {
      "logprob_gradient": objective.by_logprob.cpu(),
      "entropy_gradient": objective.by_entropy.cpu(),
      "sums": objective.sums.cpu(),
      "maxima": objective.maxima.cpu()}
