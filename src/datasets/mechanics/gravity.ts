/** Unit masses in a plane that attract each other with G = 1. A state: x₁ y₁ x₂ y₂ …, then their velocities. */

/** Σ over the others of (r_j − r_i) / |r_j − r_i|³, for each body: x and y in turn. */
export function accelerations(positions: ArrayLike<number>, out: Float64Array): Float64Array {
  out.fill(0);
  for (let i = 0; i < out.length; i += 2)
    for (let j = i + 2; j < out.length; j += 2) {
      const dx = (positions[j] as number) - (positions[i] as number);
      const dy = (positions[j + 1] as number) - (positions[i + 1] as number);
      const inverse = (dx * dx + dy * dy) ** -1.5;
      out[i] = (out[i] as number) + dx * inverse;
      out[i + 1] = (out[i + 1] as number) + dy * inverse;
      out[j] = (out[j] as number) - dx * inverse;
      out[j + 1] = (out[j + 1] as number) - dy * inverse;
    }
  return out;
}

export function gravityField(state: readonly number[]): readonly number[] {
  const half = state.length / 2;
  return [...state.slice(half), ...accelerations(state, new Float64Array(half))];
}

/** ½ Σ v² − Σ over pairs of 1 / distance. */
export function gravityEnergy(state: readonly number[]): number {
  const half = state.length / 2;
  let energy = 0;
  for (let i = 0; i < half; i++) energy += (state[half + i] as number) ** 2 / 2;
  for (let i = 0; i < half; i += 2)
    for (let j = i + 2; j < half; j += 2) {
      const dx = (state[j] as number) - (state[i] as number);
      const dy = (state[j + 1] as number) - (state[i + 1] as number);
      energy -= 1 / Math.hypot(dx, dy);
    }
  return energy;
}
