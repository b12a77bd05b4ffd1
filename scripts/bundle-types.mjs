/**
 * The types that an entry exports as one declaration file that imports nothing: every declaration that they
 * need is gathered from the project, and types that zod derives from a schema are written out.
 */
import ts from 'typescript';
import { root } from './install.mjs';

/** `entry` is relative to the project. Throws where two different types of one name are needed. */
export function bundleTypes(entry) {
  const { config } = ts.readConfigFile(`${root}src/tsconfig.json`, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, `${root}src`);
  const program = ts.createProgram(fileNames, { ...options, composite: false, incremental: false });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(`${root}${entry}`);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`there is no module ${entry}`);

  const printer = ts.createPrinter({ removeComments: false });
  /** Declarations by name, in the order in which they were needed. */
  const written = new Map();
  const open = checker.getExportsOfModule(module).map((symbol) => target(symbol));
  const exported = new Set(open);

  function target(symbol) {
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }
  const isOurs = (symbol) =>
    symbol.declarations?.some((d) => {
      const file = d.getSourceFile().fileName;
      return file.startsWith(root) && !file.includes('/node_modules/') && !file.endsWith('host.d.ts');
    });

  /** Asks for every declaration of ours that a node names. */
  function need(node) {
    const visit = (child) => {
      const name = ts.isTypeReferenceNode(child)
        ? child.typeName
        : ts.isExpressionWithTypeArguments(child)
          ? child.expression
          : ts.isTypeQueryNode(child)
            ? child.exprName
            : undefined;
      const symbol = name && checker.getSymbolAtLocation(name);
      if (symbol) {
        const found = target(symbol);
        if (isOurs(found) && !(found.flags & ts.SymbolFlags.TypeParameter)) open.push(found);
      }
      ts.forEachChild(child, visit);
    };
    visit(node);
  }

  const flags = ts.NodeBuilderFlags.NoTruncation | ts.NodeBuilderFlags.InTypeAlias;
  const expanded = (type, at) =>
    checker.typeToTypeNode(type, at, flags | ts.NodeBuilderFlags.MultilineObjectLiterals);
  const print = (node, file) => printer.printNode(ts.EmitHint.Unspecified, node, file);
  const comment = (node, file) => {
    const [range] = (ts.getLeadingCommentRanges(file.text, node.pos) ?? []).slice(-1);
    return range ? `${file.text.slice(range.pos, range.end)}\n` : '';
  };

  /** A declaration as text, with all that it needs asked for. */
  function declare(symbol) {
    const [declaration] = symbol.declarations;
    const file = declaration.getSourceFile();
    const { name } = symbol;
    if (ts.isInterfaceDeclaration(declaration)) {
      need(declaration);
      return print(declaration, file).replace(
        /^((?:\s*\/\*[\s\S]*?\*\/\s*)?)(?:export )?interface/,
        '$1interface',
      );
    }
    if (ts.isTypeAliasDeclaration(declaration)) {
      const text = declaration.type.getText(file);
      const derived = /\bz\.|typeof|keyof/.test(text);
      if (!derived) {
        need(declaration.type);
        const parameters = declaration.typeParameters?.map((p) => p.getText(file)).join(', ');
        return `${comment(declaration, file)}type ${name}${parameters ? `<${parameters}>` : ''} = ${text};`;
      }
      const type = expanded(checker.getDeclaredTypeOfSymbol(symbol), declaration);
      needNames(type, declaration);
      return `${comment(declaration, file)}type ${name} = ${print(type, file)};`;
    }
    if (ts.isClassDeclaration(declaration)) throw new Error(`the types of class ${name} cannot be bundled`);
    const value = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
    const node = expanded(type, declaration);
    needNames(node, declaration);
    return `${comment(value, file)}declare const ${name}: ${print(node, file)};`;
  }

  /** Names in a type that the checker wrote: they are looked up from where it was asked. */
  function needNames(node, at) {
    const visit = (child) => {
      if (ts.isTypeReferenceNode(child) || ts.isImportTypeNode(child)) {
        const name = ts.isImportTypeNode(child) ? child.qualifier : child.typeName;
        const symbol =
          name?.symbol ?? (name && checker.resolveName(name.text, at, ts.SymbolFlags.Type, false));
        if (symbol) {
          const found = target(symbol);
          if (isOurs(found) && !(found.flags & ts.SymbolFlags.TypeParameter)) open.push(found);
        }
      }
      ts.forEachChild(child, visit);
    };
    visit(node);
  }

  const owner = new Map();
  for (let symbol = open.shift(); symbol; symbol = open.shift()) {
    const known = owner.get(symbol.name);
    if (known === symbol) continue;
    if (known) throw new Error(`two types are called ${symbol.name}`);
    owner.set(symbol.name, symbol);
    written.set(symbol.name, declare(symbol).replaceAll(/import\("[^"]*"\)\./g, ''));
  }
  const names = [...exported].map((symbol) => symbol.name).sort();
  return `/** The types of Tensorloom. Written by scripts/build-library.mjs. */\n\n${[...written.values()].join('\n\n')}\n\nexport { ${names.join(', ')} };\n`;
}
