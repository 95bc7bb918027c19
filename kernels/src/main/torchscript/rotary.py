# Rotary position embedding: Su et al., "RoFormer: enhanced transformer with rotary position embedding", 2021. Two dimensions
# of a head make a complex number; a position turns it by position * frequency.
#
# Checkpoints pair dimension i of a head with dimension i + half. Rows of the projections are put in the order of the pairs
# first, so that the two numbers of a pair are neighbours; queries and keys alike, so their products stay what they were.

def rotations(frequencies: Tensor, length: int) -> Tensor:
  """Unit complex numbers [length, half] by which each position turns each pair; frequencies [half] in radians."""
  positions = torch.arange(length, dtype=6, layout=None, device=frequencies.device)
  angles = torch.outer(positions, frequencies)
  return torch.complex(torch.cos(angles), torch.sin(angles))


def paired(rows: Tensor, head_size: int) -> Tensor:
  """rows [heads * size, ...] of a matrix or vector with the two halves of every head interleaved."""
  halves = torch.unflatten(rows, 0, [-1, 2, head_size // 2])
  return torch.flatten(torch.transpose(halves, 1, 2), 0, 2)


def turn(heads: Tensor, rotation: Tensor) -> Tensor:
  """heads [..., size], contiguous and in the order of pairs, turned by rotation [..., half] that broadcasts to them."""
  pairs = torch.view_as_complex(torch.unflatten(heads.to(6), -1, [-1, 2]))
  return torch.flatten(torch.view_as_real(torch.mul(pairs, rotation)), -2).to(heads.dtype)
