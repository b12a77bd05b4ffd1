/** Names of a drawing as Python identifiers, each once. */

const keywords = `False None True and as assert async await break class continue def del elif else except finally for
  from global if import in is lambda nonlocal not or pass raise return try while with yield match case`;
/** What code reads by these names: no value may hide them. */
const builtins = `Averages F abs argparse bool dict enumerate float int input iter json len list math max min model next nn open pathlib print
  range reversed round self set sorted step str sum super torch tuple type zip`;
/** Attributes of nn.Module: a layer of such a name would hide them. */
const ofModule = `T_destination add_module append apply bfloat16 buffers call_super_init children compile cpu cuda
  double dump_patches eval extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half insert
  ipu keys load_state_dict modules named_buffers named_children named_modules named_parameters parameters
  register_backward_hook register_buffer register_forward_hook register_forward_pre_hook register_full_backward_hook
  register_module register_parameter requires_grad_ set_extra_state share_memory state_dict to to_empty train training
  type xpu zero_grad`;
const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

export const reserved = words(`${keywords} ${builtins}`);
export const reservedAttributes = [...words(keywords), ...words(ofModule)];

/** `W₁` gives `W1`, `first layer` gives `first_layer`; letters of all scripts are kept, as Python allows them. */
export function identifier(written: string): string {
  const plain = written
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}_]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  if (plain === '') return 'x';
  return /^\p{L}/u.test(plain) ? plain : `n${plain}`;
}

/** `Encoder layer` gives `EncoderLayer`. */
export const className = (written: string): string =>
  identifier(written)
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** `EncoderLayer` gives `encoder_layer`. */
export const snakeCase = (written: string): string =>
  identifier(written)
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1_$2')
    .toLowerCase();

/** The names that are taken in one scope of Python. */
export class Names {
  readonly #taken: Set<string>;
  /** What must not be called otherwise. */
  readonly #words: ReadonlySet<string>;

  constructor(taken: Iterable<string>, words = taken) {
    this.#taken = new Set(taken);
    this.#words = new Set(words);
  }

  /** The name itself where nobody has it, else with a number; behind a word of Python an underscore. */
  take(written: string): string {
    const base = identifier(written);
    let name = this.#words.has(base) ? `${base}_` : base;
    for (let n = 2; this.#taken.has(name); n++) name = /\d$/.test(base) ? `${base}_${n}` : `${base}${n}`;
    this.#taken.add(name);
    return name;
  }

  /** For a function within: what is given back here is free there. */
  within(free: Iterable<string>): Names {
    const inner = new Names(this.#taken, this.#words);
    for (const name of free) inner.#taken.delete(name);
    return inner;
  }
}
