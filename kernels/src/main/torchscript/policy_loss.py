# Token losses. Policy: Schulman et al., "Proximal policy optimization algorithms", 2017; Ye et al., "Mastering complex
# control in MOBA games with deep reinforcement learning" (dual clip), 2020; values as in verl's core_algos. Supervised:
# the negative log-likelihood. The loss is the sum over tokens of weight * token loss; the weights hold the aggregation.

class Settings(NamedTuple):
  supervised : bool
  clip_low : float
  clip_high : float
  dual_clip : float
  kl_coefficient : float
  kl_estimator : int
  entropy_coefficient : float


class Tokens(NamedTuple):
  weights : Tensor
  advantages : Tensor
  old : Tensor
  reference : Tensor
  sampler : Tensor


def settings(inputs: Dict[str, Tensor]) -> __torch__.policy_loss.Settings:
  return __torch__.policy_loss.Settings(
      bool(inputs["supervised"].item()),
      float(inputs["clip_low"].item()),
      float(inputs["clip_high"].item()),
      float(inputs["dual_clip"].item()),
      float(inputs["kl_coefficient"].item()),
      int(inputs["kl_estimator"].item()),
      float(inputs["entropy_coefficient"].item()))


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
      __torch__.policy_loss.part(inputs["sampler_logprobs"], start, length))


def kl_estimate(logprob: Tensor, reference: Tensor, estimator: int) -> Tensor:
  """Estimators of the KL divergence to the reference: 0 k1, 1 abs, 2 k2, 3 k3 (Schulman, 2020)."""
  difference = torch.sub(logprob, reference)
  if estimator == 0:
    return difference
  if estimator == 1:
    return torch.abs(difference)
  if estimator == 2:
    return torch.mul(torch.square(difference), 0.5)
  x = torch.clamp(torch.neg(difference), -20., 20.)
  return torch.clamp(torch.sub(torch.sub(torch.exp(x), x), 1.), -10., 10.)


def old_logprob(tokens: __torch__.policy_loss.Tokens, logprob: Tensor) -> Tensor:
  """The log-probabilities of the ratio's denominator: the policy's own, detached, where none are given."""
  if tokens.old.size(0) == 0:
    return logprob.detach()
  return tokens.old


def ratio(logprob: Tensor, old: Tensor) -> Tensor:
  return torch.exp(torch.clamp(torch.sub(logprob, old), -20., 20.))


def clipped_loss(s: __torch__.policy_loss.Settings, ratio: Tensor, advantages: Tensor) -> Tensor:
  return torch.neg(torch.mul(advantages, torch.clamp(ratio, 1. - s.clip_low, 1. + s.clip_high)))


def dual_bound(s: __torch__.policy_loss.Settings, advantages: Tensor) -> Tensor:
  """The largest loss that a token of negative advantage may have; dual_clip 0 is off."""
  if s.dual_clip == 0.:
    return torch.full_like(advantages, inf)
  return torch.where(torch.lt(advantages, 0.), torch.mul(advantages, -s.dual_clip), inf)


def policy_loss(s: __torch__.policy_loss.Settings, ratio: Tensor, advantages: Tensor) -> Tensor:
  loss = torch.maximum(torch.neg(torch.mul(advantages, ratio)), __torch__.policy_loss.clipped_loss(s, ratio, advantages))
  return torch.minimum(loss, __torch__.policy_loss.dual_bound(s, advantages))


def token_loss(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens, logprob: Tensor) -> Tensor:
  """The loss [n] of tokens without the entropy term, a differentiable function of logprob [n]."""
  if s.supervised:
    return torch.neg(logprob)
  ratio = __torch__.policy_loss.ratio(logprob, __torch__.policy_loss.old_logprob(tokens, logprob))
  loss = __torch__.policy_loss.policy_loss(s, ratio, tokens.advantages)
  if s.kl_coefficient == 0.:
    return loss
  kl = __torch__.policy_loss.kl_estimate(logprob, tokens.reference, s.kl_estimator)
  return torch.add(loss, torch.mul(kl, s.kl_coefficient))


def logprob_gradient(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens,
    logprob: Tensor) -> Tensor:
  """Derivative [n] of the loss with respect to logprob [n]."""
  torch.set_grad_enabled(True)
  leaf = logprob.detach().requires_grad_(True)
  loss = torch.sum(torch.mul(__torch__.policy_loss.token_loss(s, tokens, leaf), tokens.weights))
  gradient = torch.grad([loss], [leaf], None, None, False, False)[0]
  torch.set_grad_enabled(False)
  if gradient is None:
    return torch.zeros_like(logprob)
  return gradient


def entropy_gradient(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens) -> Tensor:
  """Derivative [n] of the loss with respect to the entropy [n] of each distribution."""
  return torch.mul(tokens.weights, -s.entropy_coefficient)


def total(values: Tensor) -> Tensor:
  return torch.sum(values, dtype=7)


def sums(s: __torch__.policy_loss.Settings, tokens: __torch__.policy_loss.Tokens, logprob: Tensor,
    entropy: Tensor) -> Tensor:
  """Sums over tokens in double precision, in this order: loss, policy loss, log-probability, entropy, ratio, clipped,
  dual-clipped, approximate KL (old - new), approximate KL (k3), KL to the reference, mismatch, absolute mismatch."""
  zero = torch.zeros([], dtype=7, layout=None, device=logprob.device)
  old = __torch__.policy_loss.old_logprob(tokens, logprob)
  ratio = __torch__.policy_loss.ratio(logprob, old)
  policy = torch.neg(logprob)
  clipped = zero
  dual = zero
  if not s.supervised:
    policy = __torch__.policy_loss.policy_loss(s, ratio, tokens.advantages)
    bounded = __torch__.policy_loss.clipped_loss(s, ratio, tokens.advantages)
    unbounded = torch.neg(torch.mul(tokens.advantages, ratio))
    clipped = __torch__.policy_loss.total(torch.gt(bounded, unbounded))
    dual = __torch__.policy_loss.total(
        torch.gt(torch.maximum(bounded, unbounded), __torch__.policy_loss.dual_bound(s, tokens.advantages)))
  loss = torch.sub(torch.mul(__torch__.policy_loss.token_loss(s, tokens, logprob), tokens.weights),
      torch.mul(entropy, torch.mul(tokens.weights, s.entropy_coefficient)))
  reference_kl = zero
  if tokens.reference.size(0) > 0:
    reference_kl = __torch__.policy_loss.total(
        __torch__.policy_loss.kl_estimate(logprob, tokens.reference, s.kl_estimator))
  mismatch = zero
  absolute = zero
  if tokens.sampler.size(0) > 0:
    mismatch = __torch__.policy_loss.total(torch.sub(old, tokens.sampler))
    absolute = __torch__.policy_loss.total(torch.abs(torch.sub(old, tokens.sampler)))
  difference = torch.sub(logprob, old)
  return torch.stack([
      __torch__.policy_loss.total(loss),
      __torch__.policy_loss.total(torch.mul(policy, tokens.weights)),
      __torch__.policy_loss.total(logprob),
      __torch__.policy_loss.total(entropy),
      __torch__.policy_loss.total(ratio),
      clipped,
      dual,
      __torch__.policy_loss.total(torch.neg(difference)),
      __torch__.policy_loss.total(torch.sub(torch.sub(ratio, 1.), difference)),
      reference_kl,
      mismatch,
      absolute])


def maxima(tokens: __torch__.policy_loss.Tokens, logprob: Tensor) -> Tensor:
  """Largest ratio and largest absolute mismatch, in double precision."""
  old = __torch__.policy_loss.old_logprob(tokens, logprob)
  ratio = torch.amax(__torch__.policy_loss.ratio(logprob, old)).to(7)
  mismatch = torch.zeros_like(ratio)
  if tokens.sampler.size(0) > 0:
    mismatch = torch.amax(torch.abs(torch.sub(old, tokens.sampler))).to(7)
  return torch.stack([ratio, mismatch])


def evaluate(inputs: Dict[str, Tensor]) -> Dict[str, Tensor]:
  """The loss of given logprobs [n] and entropies [n] with its gradients and statistics: the loss without a model."""
  s = __torch__.policy_loss.settings(inputs)
  logprob = inputs["logprobs"]
  entropy = inputs["entropies"]
  tokens = __torch__.policy_loss.tokens(inputs, 0, logprob.size(0))
  return {
      "logprob_gradient": __torch__.policy_loss.logprob_gradient(s, tokens, logprob).cpu(),
      "entropy_gradient": __torch__.policy_loss.entropy_gradient(s, tokens).cpu(),
      "sums": __torch__.policy_loss.sums(s, tokens, logprob, entropy).cpu(),
      "maxima": __torch__.policy_loss.maxima(tokens, logprob).cpu()}
