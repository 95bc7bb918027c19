# Which tokens the policy loss leaves out. They still count in the normaliser.

def near_policy(logprob: Tensor, sampler: Tensor, advantages: Tensor, threshold: float, sequence: Tensor,
    sequences: int) -> Tensor:
  """Where the advantage is not negative, or the mean over the sequence of sampler less policy log-probability is within the
  threshold: off-policy sequence masking, DeepSeek-AI, "DeepSeek-V3.2", 2025 (TRL's off_policy_mask_threshold)."""
  distance = __torch__.segments.spread_mean(torch.sub(sampler, logprob), sequence, sequences)
  return torch.logical_or(torch.ge(advantages, 0.), torch.le(distance, threshold))


def top_entropy(entropy: Tensor, share: float, sequence: Tensor, sequences: int) -> Tensor:
  """The share of the tokens of each sequence, rounded up, whose entropies are largest; of equal ones, the first. Wang et al.,
  "Beyond the 80/20 rule", 2025, where the share is one of a batch: then a gradient would depend on which micro-batch a
  sequence is in."""
  by_entropy = torch.sort(entropy, stable=True, dim=0, descending=True)[1]
  by_sequence = torch.sort(torch.index_select(sequence, 0, by_entropy), stable=True, dim=0, descending=False)[1]
  order = torch.index_select(by_entropy, 0, by_sequence)
  lengths = __torch__.segments.lengths(sequence, sequences)
  counts = torch.ceil(torch.sub(torch.mul(lengths.to(7), share), 1e-9)).to(6)
  starts = torch.sub(torch.cumsum(lengths, 0), lengths)
  owner = torch.index_select(sequence, 0, order)
  place = torch.sub(torch.arange(order.size(0), dtype=6, layout=None, device=order.device),
      __torch__.segments.spread(starts, owner))
  chosen = torch.lt(place, __torch__.segments.spread(counts, owner))
  return torch.zeros_like(chosen).index_copy_(0, order, chosen)
