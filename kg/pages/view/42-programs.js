"use strict";
// How WebGL draws: the shapes of classes and the dashes of verdicts, so that a large picture too tells by more than colour.
{
  const glsl = (number) => number.toFixed(4);
  const point = ([x, y]) => `vec2(${glsl(x)}, ${glsl(y)})`;

  // A node is one triangle round its shape. y runs down here as it does in the outlines.
  const NODE_VERTEX = (reach) => `
attribute vec2 a_position;
attribute float a_size, a_shape, a_angle;
attribute vec4 a_color, a_id;
uniform mat3 u_matrix;
uniform float u_sizeRatio, u_correctionRatio;
varying vec4 v_color;
varying vec2 v_point;
varying float v_shape, v_radius;
void main() {
  v_shape = a_shape;
  v_radius = a_size / u_sizeRatio;
  v_point = ${glsl(2 * reach)} * vec2(cos(a_angle), sin(a_angle));
  vec2 position = a_position + v_point * vec2(1.0, -1.0) * (v_radius + 1.0) * u_correctionRatio * 2.0;
  v_point *= (v_radius + 1.0) / max(v_radius, 0.01);
  gl_Position = vec4((u_matrix * vec3(position, 1.0)).xy, 0.0, 1.0);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

  // The signed distance to a polygon, side by side: the least of the distances, inside where a ray crosses an odd number of sides.
  const NODE_FRAGMENT = (outlines) => `
precision highp float;
varying vec4 v_color;
varying vec2 v_point;
varying float v_shape, v_radius;
float least, sign_;
void side(vec2 a, vec2 b) {
  vec2 along = b - a;
  vec2 to = v_point - a;
  vec2 away = to - along * clamp(dot(to, along) / dot(along, along), 0.0, 1.0);
  least = min(least, dot(away, away));
  if ((a.y > v_point.y) != (b.y > v_point.y) && to.x < along.x * to.y / along.y) sign_ = -sign_;
}
void main(void) {
  float away = length(v_point) - 1.0;
  least = 1e9;
  sign_ = 1.0;
  ${outlines.map((corners, i) => (corners ? `if (abs(v_shape - ${glsl(i)}) < 0.5) {
    ${corners.map((corner, j) => `side(${point(corner)}, ${point(corners[(j + 1) % corners.length])});`).join("\n    ")}
    away = sign_ * sqrt(least);
  }` : "")).join("\n  ")}
  #ifdef PICKING_MODE
  gl_FragColor = away * v_radius > 1.0 ? vec4(0.0) : v_color;
  #else
  gl_FragColor = v_color * clamp(0.5 - away * v_radius, 0.0, 1.0);
  #endif
}`;

  const EDGE_VERTEX = `
attribute vec2 a_positionStart, a_positionEnd, a_normal;
attribute vec4 a_color, a_id;
attribute float a_dashed, a_positionCoef, a_normalCoef;
uniform mat3 u_matrix;
uniform float u_sizeRatio, u_correctionRatio;
varying vec4 v_color;
varying float v_along, v_across, v_half, v_dashed;
void main() {
  float pixel = u_correctionRatio * 2.0;
  v_half = max(length(a_normal) / u_sizeRatio, 1.0) / 2.0;
  v_across = a_normalCoef * (v_half + 0.5);
  v_along = a_positionCoef * length(a_positionEnd - a_positionStart) / pixel;
  v_dashed = a_dashed;
  vec2 position = mix(a_positionStart, a_positionEnd, a_positionCoef) + normalize(a_normal) * v_across * pixel;
  gl_Position = vec4((u_matrix * vec3(position, 1.0)).xy, 0.0, 1.0);
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

  const EDGE_FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying float v_along, v_across, v_half, v_dashed;
void main(void) {
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  if (v_dashed > 0.5 && mod(v_along, ${glsl(View.DASH[0] + View.DASH[1])}) > ${glsl(View.DASH[0])}) discard;
  gl_FragColor = v_color * clamp(v_half + 0.5 - abs(v_across), 0.0, 1.0);
  #endif
}`;

  /** A program of sigma's with shaders of its own and one more number an item, which ``read`` takes from its data. */
  const program = (Base, vertex, fragment, name, read) =>
    class extends Base {
      getDefinition() {
        const own = super.getDefinition();
        return { ...own, VERTEX_SHADER_SOURCE: vertex, FRAGMENT_SHADER_SOURCE: fragment, ATTRIBUTES: [...own.ATTRIBUTES, { name, size: 1, type: WebGLRenderingContext.FLOAT }] };
      }
      processVisibleItem(index, start, ...data) {
        super.processVisibleItem(index, start, ...data);
        this.array[start + this.ATTRIBUTES_ITEMS_COUNT - 1] = read(data[data.length - 1]);
      }
    };

  /** Sigma's programs for nodes, by ``shape``, and for edges, by ``dashes``. */
  View.programs = () => {
    const shapes = [...new Set(View.model.classes.map(({ id }) => View.shapeOf(id)))];
    const outlines = shapes.map(View.corners);
    const reach = Math.max(1, ...outlines.flatMap((corners) => (corners ?? []).map(([x, y]) => Math.hypot(x, y))));
    return {
      node: program(Sigma.rendering.NodeCircleProgram, NODE_VERTEX(reach), NODE_FRAGMENT(outlines), "a_shape", ({ shape }) => shapes.indexOf(shape)),
      edge: program(Sigma.rendering.EdgeRectangleProgram, EDGE_VERTEX, EDGE_FRAGMENT, "a_dashed", ({ dashes }) => (dashes ? 1 : 0)),
    };
  };
}
