// What the page of charts takes of Vega, under one name: no maps, forces, trees or clouds of words; and the interpreter of
// expressions, which makes no code of text, so that the page's policy can forbid that.
import { transforms } from "vega-dataflow";
import * as encode from "vega-encode";
import * as data from "vega-transforms";
import * as view from "vega-view-transforms";

Object.assign(transforms, data, view, encode);

export { expressionInterpreter } from "vega-interpreter";
export { compile } from "vega-lite";
export { parse } from "vega-parser";
export { View } from "vega-view";
