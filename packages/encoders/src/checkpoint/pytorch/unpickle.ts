/**
 * Reads Python pickles that hold plain data, and of Python's classes and functions those alone that the caller knows.
 * Nothing of Python is run; sets, bytes, other objects and the opcodes for them are left out.
 */
import { opcodeNames } from './opcodes.ts';
import { PickleBytes, PickleDamage } from './pickle-bytes.ts';

/** A class or function of Python's that a pickle names. */
export class PickleGlobal {
  /** With its module, such as `collections.OrderedDict`. */
  readonly name: string;
  /** What stands for its result; absent where it is only named. */
  readonly call: ((args: unknown[]) => unknown) | undefined;

  constructor(name: string, call?: (args: unknown[]) => unknown) {
    this.name = name;
    this.call = call;
  }
}

/** What of a pickle its reader does not do, on purpose. */
export class PickleRefusal extends Error {
  /** What the pickle holds, such as `posix.system`, or an opcode. */
  readonly what: string;
  constructor(what: string) {
    super(`it holds ${what}`);
    this.what = what;
  }
}

/** Text of a pickle for messages: it is anyone's, and may be long or command a terminal. */
export function shown(text: unknown): string {
  if (typeof text !== 'string') return `(${typeof text})`;
  return text.slice(0, 100).replace(/[^\x20-\x7e]/g, '?');
}

export interface PickleReader {
  globals: ReadonlyMap<string, PickleGlobal>;
  /** What a persistent id stands for. */
  persistent: (id: unknown) => unknown;
}

/**
 * None, bool, int, float and str become null, boolean, number (a bigint beyond 53 bits), number and string; list and
 * tuple become arrays, and dict a Map.
 *
 * @throws PickleRefusal for other globals, and opcodes of other values
 * @throws PickleDamage for what is no pickle
 */
export function unpickle(pickle: Buffer, reader: PickleReader): unknown {
  const bytes = new PickleBytes(pickle);
  try {
    const machine = new PickleMachine(bytes, reader);
    while (!machine.done) machine.step();
    return machine.pop();
  } catch (error) {
    if (error instanceof PickleDamage)
      throw new PickleDamage(`${error.message} (byte ${bytes.position})`, { cause: error });
    throw error;
  }
}

/** The stack machine of `pickle._Unpickler`. */
class PickleMachine {
  done = false;
  readonly #bytes: PickleBytes;
  readonly #reader: PickleReader;
  #stack: unknown[] = [];
  /** What was on the stack before each mark. */
  readonly #outer: unknown[][] = [];
  readonly #memo = new Map<number, unknown>();

  constructor(bytes: PickleBytes, reader: PickleReader) {
    this.#bytes = bytes;
    this.#reader = reader;
  }

  step(): void {
    const code = this.#bytes.uint(1);
    const name = opcodeNames[code];
    if (name === undefined) throw new PickleDamage(`0x${code.toString(16)} is no opcode`);
    const operation = operations.get(name);
    if (!operation) throw new PickleRefusal(`the opcode ${name}`);
    operation(this, this.#bytes);
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  pop(): unknown {
    this.top();
    return this.#stack.pop();
  }

  top(): unknown {
    if (this.#stack.length === 0) throw new PickleDamage('it takes a value that is not there');
    return this.#stack.at(-1);
  }

  mark(): void {
    this.#outer.push(this.#stack);
    this.#stack = [];
  }

  popMark(): unknown[] {
    const items = this.#stack;
    const outer = this.#outer.pop();
    if (!outer) throw new PickleDamage('it goes back to a mark that is not there');
    this.#stack = outer;
    return items;
  }

  tuple(size: number): void {
    const items = Array.from({ length: size }, () => this.pop()).reverse();
    this.push(items);
  }

  append(items: unknown[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw new PickleDamage('it appends to what is no list');
    for (const item of items) list.push(item);
  }

  set(items: unknown[]): void {
    const dict = this.top();
    if (!(dict instanceof Map) || items.length % 2 !== 0)
      throw new PickleDamage('it sets items of what is no dictionary');
    for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
  }

  put(index: number): void {
    this.#memo.set(index, this.top());
  }

  memoize(): void {
    this.put(this.#memo.size);
  }

  get(index: number): void {
    if (!this.#memo.has(index)) throw new PickleDamage(`it has no value ${index} to repeat`);
    this.push(this.#memo.get(index));
  }

  global(module: unknown, name: unknown): void {
    if (typeof module !== 'string' || typeof name !== 'string')
      throw new PickleDamage('it names a class by what is no text');
    const known = this.#reader.globals.get(`${module}.${name}`);
    if (!known) throw new PickleRefusal(shown(`${module}.${name}`));
    this.push(known);
  }

  instance(module: string, name: string): void {
    this.global(module, name);
    throw new PickleRefusal(`an instance of ${module}.${name}`);
  }

  reduce(): void {
    const args = this.pop();
    const callee = this.pop();
    if (!(callee instanceof PickleGlobal) || !Array.isArray(args))
      throw new PickleDamage('it calls what is no function');
    if (!callee.call) throw new PickleRefusal(`a call of ${callee.name}`);
    this.push(callee.call(args));
  }

  /** An ordered dictionary of PyTorch's has versions of modules as an attribute. */
  build(): void {
    this.pop();
    if (!(this.top() instanceof Map)) throw new PickleRefusal('the opcode BUILD for what is no dictionary');
  }

  persistent(): void {
    this.push(this.#reader.persistent(this.pop()));
  }
}

type Operation = (machine: PickleMachine, bytes: PickleBytes) => void;

const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['PROTO', (_, bytes) => bytes.skip(1)],
  ['FRAME', (_, bytes) => bytes.skip(8)],
  ['STOP', (machine) => (machine.done = true)],
  ['MARK', (machine) => machine.mark()],
  ['POP', (machine) => machine.pop()],
  ['POP_MARK', (machine) => machine.popMark()],
  ['NONE', (machine) => machine.push(null)],
  ['NEWTRUE', (machine) => machine.push(true)],
  ['NEWFALSE', (machine) => machine.push(false)],
  ['BININT', (machine, bytes) => machine.push(bytes.int32())],
  ['BININT1', (machine, bytes) => machine.push(bytes.uint(1))],
  ['BININT2', (machine, bytes) => machine.push(bytes.uint(2))],
  ['LONG1', (machine, bytes) => machine.push(bytes.long())],
  ['BINFLOAT', (machine, bytes) => machine.push(bytes.float64())],
  ['BINUNICODE', (machine, bytes) => machine.push(bytes.text(bytes.uint(4)))],
  ['SHORT_BINUNICODE', (machine, bytes) => machine.push(bytes.text(bytes.uint(1)))],
  ['BINSTRING', (machine, bytes) => machine.push(bytes.text(bytes.uint(4), 'latin1'))],
  ['SHORT_BINSTRING', (machine, bytes) => machine.push(bytes.text(bytes.uint(1), 'latin1'))],
  // The oldest protocol writes text; no file of PyTorch does, but so may one that is to be refused for what comes next.
  ['STRING', (machine, bytes) => machine.push(bytes.line().replace(/^(['"])(.*)\1$/, '$2'))],
  ['UNICODE', (machine, bytes) => machine.push(bytes.line())],
  ['PUT', (machine, bytes) => machine.put(Number(bytes.line()))],
  ['GET', (machine, bytes) => machine.get(Number(bytes.line()))],
  ['INST', (machine, bytes) => machine.instance(bytes.line(), bytes.line())],
  ['EMPTY_LIST', (machine) => machine.push([])],
  ['LIST', (machine) => machine.push(machine.popMark())],
  ['APPEND', (machine) => machine.append([machine.pop()])],
  ['APPENDS', (machine) => machine.append(machine.popMark())],
  ['EMPTY_TUPLE', (machine) => machine.push([])],
  ['TUPLE', (machine) => machine.push(machine.popMark())],
  ['TUPLE1', (machine) => machine.tuple(1)],
  ['TUPLE2', (machine) => machine.tuple(2)],
  ['TUPLE3', (machine) => machine.tuple(3)],
  ['EMPTY_DICT', (machine) => machine.push(new Map())],
  ['SETITEM', (machine) => machine.set([machine.pop(), machine.pop()].reverse())],
  ['SETITEMS', (machine) => machine.set(machine.popMark())],
  ['BINPUT', (machine, bytes) => machine.put(bytes.uint(1))],
  ['LONG_BINPUT', (machine, bytes) => machine.put(bytes.uint(4))],
  ['MEMOIZE', (machine) => machine.memoize()],
  ['BINGET', (machine, bytes) => machine.get(bytes.uint(1))],
  ['LONG_BINGET', (machine, bytes) => machine.get(bytes.uint(4))],
  ['GLOBAL', (machine, bytes) => machine.global(bytes.line(), bytes.line())],
  [
    'STACK_GLOBAL',
    (machine) => machine.global(...([machine.pop(), machine.pop()].reverse() as [unknown, unknown])),
  ],
  ['REDUCE', (machine) => machine.reduce()],
  ['BUILD', (machine) => machine.build()],
  ['BINPERSID', (machine) => machine.persistent()],
]);
