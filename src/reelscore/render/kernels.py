"""The inner loops of the compositor, compiled: blending, colour, conversion of planes.

All take whole contiguous planes and a place in them, and cut contiguous rows themselves: loops over those from 0 on are
vectorised, others are not. Arithmetic is single precision with rounding half up, the same wherever a chunk starts.
"""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def lay_over(under, top, left, over, alpha, strength):  # type: ignore[no-untyped-def]
    """under = over * strength + under * (1 - alpha * strength), for premultiplied `over`, where it lies on `under`."""
    k = np.float32(strength)
    share = np.float32(strength / 255.0)
    half, one = np.float32(0.5), np.float32(1.0)
    first, last = max(0, -top), min(over.shape[0], under.shape[0] - top)
    begin, end = max(0, -left), min(over.shape[1], under.shape[1] - left)
    for i in range(first, last):
        below = under[top + i][left + begin : left + end]
        above, cover = over[i][begin:end], alpha[i][begin:end]
        for j in range(below.shape[0]):
            kept = one - np.float32(cover[j]) * share
            value = np.float32(above[j]) * k + np.float32(below[j]) * kept + half
            below[j] = np.uint8(min(value, np.float32(255.0)))


@njit(cache=True, nogil=True)
def lay_opaque(under, top, left, over, strength):  # type: ignore[no-untyped-def]
    """The same for an `over` without transparency of its own."""
    k = np.float32(strength)
    rest, half = np.float32(1.0) - k, np.float32(0.5)
    first, last = max(0, -top), min(over.shape[0], under.shape[0] - top)
    begin, end = max(0, -left), min(over.shape[1], under.shape[1] - left)
    for i in range(first, last):
        below, above = under[top + i][left + begin : left + end], over[i][begin:end]
        for j in range(below.shape[0]):
            below[j] = np.uint8(np.float32(above[j]) * k + np.float32(below[j]) * rest + half)


@njit(cache=True, nogil=True)
def mix(first, second, share, out):  # type: ignore[no-untyped-def]
    """out = first * (1 - share) + second * share."""
    k = np.float32(share)
    rest, half = np.float32(1.0) - k, np.float32(0.5)
    for i in range(out.shape[0]):
        a, b, to = first[i], second[i], out[i]
        for j in range(out.shape[1]):
            to[j] = np.uint8(np.float32(a[j]) * rest + np.float32(b[j]) * k + half)


@njit(cache=True, nogil=True)
def mix_masked(first, second, mask, out):  # type: ignore[no-untyped-def]
    """out = first * (1 - mask / 255) + second * mask / 255, sample by sample."""
    unit, half = np.float32(1.0 / 255.0), np.float32(0.5)
    for i in range(out.shape[0]):
        a, b, m, to = first[i], second[i], mask[i], out[i]
        for j in range(out.shape[1]):
            k = np.float32(m[j]) * unit
            to[j] = np.uint8(np.float32(a[j]) + (np.float32(b[j]) - np.float32(a[j])) * k + half)


@njit(cache=True, nogil=True)
def multiply(plane, mask):  # type: ignore[no-untyped-def]
    """plane = plane * mask / 255, in place."""
    unit, half = np.float32(1.0 / 255.0), np.float32(0.5)
    for i in range(plane.shape[0]):
        row, m = plane[i], mask[i]
        for j in range(plane.shape[1]):
            row[j] = np.uint8(np.float32(row[j]) * np.float32(m[j]) * unit + half)


@njit(cache=True, nogil=True)
def divide(plane, mask):  # type: ignore[no-untyped-def]
    """plane = plane * 255 / mask, in place: undoes `multiply` as far as rounding lets it; 0 where the mask is 0."""
    for i in range(plane.shape[0]):
        row, m = plane[i], mask[i]
        for j in range(plane.shape[1]):
            if m[j] == 0:
                row[j] = 0
            elif m[j] < 255:
                row[j] = min(255, (np.int32(row[j]) * 255 + np.int32(m[j]) // 2) // np.int32(m[j]))


@njit(cache=True, nogil=True)
def change_matrix(y, u, v, luma, chroma, out_y, out_u, out_v):  # type: ignore[no-untyped-def]
    """From one YUV encoding to another: luma (1, y, u, v weights), chroma ((1, u, v), (1, u, v)); chroma at half size.

    Greys stay grey between any two such encodings, so chroma does not depend on luma.
    """
    half, zero, full = np.float32(0.5), np.float32(0.0), np.float32(255.0)
    l0, ly, lu, lv = luma[0], luma[1], luma[2], luma[3]
    shift = np.empty(u.shape[1] * 2, np.float32)
    for i in range(y.shape[0]):
        us, vs = u[i >> 1], v[i >> 1]
        if i & 1 == 0:
            for j in range(u.shape[1]):
                value = l0 + lu * np.float32(us[j]) + lv * np.float32(vs[j]) + half
                shift[2 * j] = value
                shift[2 * j + 1] = value
        of, to = y[i], out_y[i]
        for j in range(y.shape[1]):
            to[j] = np.uint8(min(max(ly * np.float32(of[j]) + shift[j], zero), full))
    u0, uu, uv = chroma[0, 0], chroma[0, 1], chroma[0, 2]
    v0, vu, vv = chroma[1, 0], chroma[1, 1], chroma[1, 2]
    for i in range(u.shape[0]):
        us, vs, tu, tv = u[i], v[i], out_u[i], out_v[i]
        for j in range(u.shape[1]):
            a, b = np.float32(us[j]), np.float32(vs[j])
            tu[j] = np.uint8(min(max(u0 + uu * a + uv * b + half, zero), full))
            tv[j] = np.uint8(min(max(v0 + vu * a + vv * b + half, zero), full))


@njit(cache=True, nogil=True)
def through_cube(y, u, v, bits, luma, chroma, out_y, out_u, out_v):  # type: ignore[no-untyped-def]
    """Any change of colour by interpolated tables. `bits` is the depth of the input.

    `luma[u, v, y]` is 64 times the new luma for every level of y and 65 nodes of u and v; `chroma[y, u, v]` holds new
    (u, v) for 65 nodes each. Chroma samples stand for four pixels, so their cell is found once for all.
    """
    cell = np.float32(1.0 / (1 << (bits - 6)))
    half, zero, full, one = np.float32(0.5), np.float32(0.0), np.float32(255.0), np.float32(1.0)
    height, width = y.shape
    top = (1 << bits) - 1
    for i in range(u.shape[0]):
        r0 = 2 * i
        r1 = min(r0 + 1, height - 1)
        for j in range(u.shape[1]):
            c0 = 2 * j
            c1 = min(c0 + 1, width - 1)
            a, b = min(np.int64(y[r0, c0]), top), min(np.int64(y[r0, c1]), top)
            c, d = min(np.int64(y[r1, c0]), top), min(np.int64(y[r1, c1]), top)
            fu = np.float32(min(np.int64(u[i, j]), top)) * cell
            fv = np.float32(min(np.int64(v[i, j]), top)) * cell
            fy = np.float32(a + b + c + d) * np.float32(0.25) * cell
            iy, iu, iv = np.int64(fy), np.int64(fu), np.int64(fv)
            fy -= np.float32(iy)
            fu -= np.float32(iu)
            fv -= np.float32(iv)
            w0, w1, w2 = (one - fu) * (one - fv), (one - fu) * fv, fu * (one - fv)
            w3 = one - w0 - w1 - w2
            g0, g1, g2 = np.int64(w0 * 256), np.int64(w1 * 256), np.int64(w2 * 256)
            g3 = 256 - g0 - g1 - g2
            l0, l1, l2, l3 = luma[iu, iv], luma[iu, iv + 1], luma[iu + 1, iv], luma[iu + 1, iv + 1]
            out_y[r0, c0] = (l0[a] * g0 + l1[a] * g1 + l2[a] * g2 + l3[a] * g3 + 8192) >> 14
            out_y[r0, c1] = (l0[b] * g0 + l1[b] * g1 + l2[b] * g2 + l3[b] * g3 + 8192) >> 14
            out_y[r1, c0] = (l0[c] * g0 + l1[c] * g1 + l2[c] * g2 + l3[c] * g3 + 8192) >> 14
            out_y[r1, c1] = (l0[d] * g0 + l1[d] * g1 + l2[d] * g2 + l3[d] * g3 + 8192) >> 14
            n = m = zero
            for p in range(2):
                here = chroma[iy + p]
                k = fy if p else one - fy
                p0, p1, p2, p3 = here[iu, iv], here[iu, iv + 1], here[iu + 1, iv], here[iu + 1, iv + 1]
                n += k * (w0 * p0[0] + w1 * p1[0] + w2 * p2[0] + w3 * p3[0])
                m += k * (w0 * p0[1] + w1 * p1[1] + w2 * p2[1] + w3 * p3[1])
            out_u[i, j] = np.uint8(min(max(n + half, zero), full))
            out_v[i, j] = np.uint8(min(max(m + half, zero), full))


@njit(cache=True, nogil=True)
def through_cells(y, u, v, luma, chroma, slope, out_y, out_u, out_v):  # type: ignore[no-untyped-def]
    """A change of 8-bit colours that luma hardly depends on chroma for, by larger tables and fewer look-ups.

    Cells are two codes wide in u and v. `luma[cell, cell, y]` is the new luma for every level; `chroma[y, cell, cell]`
    is 64 times the new (u, v) at 33 nodes of y, interpolated. Inside a cell chroma goes on with the mean slope.
    """
    height, width = y.shape
    for i in range(u.shape[0]):
        r0 = 2 * i
        r1 = min(r0 + 1, height - 1)
        above, below, to_above, to_below = y[r0], y[r1], out_y[r0], out_y[r1]
        us, vs, to_u, to_v = u[i], v[i], out_u[i], out_v[i]
        for j in range(us.shape[0]):
            c0 = 2 * j
            c1 = min(c0 + 1, width - 1)
            p, q = np.int32(us[j]), np.int32(vs[j])
            curve = luma[p >> 1, q >> 1]
            a, b, c, d = np.int32(above[c0]), np.int32(above[c1]), np.int32(below[c0]), np.int32(below[c1])
            to_above[c0], to_above[c1], to_below[c0], to_below[c1] = curve[a], curve[b], curve[c], curve[d]
            mean = a + b + c + d
            node, share = mean >> 5, mean & 31
            low, high = chroma[node, p >> 1, q >> 1], chroma[node + 1, p >> 1, q >> 1]
            new_u = np.int32(low[0]) * (32 - share) + np.int32(high[0]) * share + (2 * (p & 1) - 1) * slope[0]
            new_v = np.int32(low[1]) * (32 - share) + np.int32(high[1]) * share + (2 * (q & 1) - 1) * slope[1]
            to_u[j] = min(max((new_u + 1024) >> 11, 0), 255)
            to_v[j] = min(max((new_v + 1024) >> 11, 0), 255)


@njit(cache=True, nogil=True)
def spread_luma(nodes, out):  # type: ignore[no-untyped-def]
    """64 times nodes[y, u, v], any count of y nodes, for every level of y: out[u, v, level]."""
    steps, depth = nodes.shape[0] - 1, out.shape[2]
    for p in range(out.shape[0]):
        for q in range(out.shape[1]):
            for n in range(depth):
                place = n * steps / depth
                low = int(place)
                value = nodes[low, p, q] + (nodes[low + 1, p, q] - nodes[low, p, q]) * (place - low)
                out[p, q, n] = np.uint16(min(max(value, 0.0), 255.0) * 64.0 + 0.5)


@njit(cache=True, nogil=True)
def rgba_to_planes(rgba, premultiplied, y, u, v, a):  # type: ignore[no-untyped-def]
    """R'G'B'A bytes to premultiplied BT.709 planes. Chroma is averaged, weighted by opacity."""
    height, width = y.shape
    unit = np.float32(1.0 / 255.0)
    for i in range(u.shape[0]):
        for j in range(u.shape[1]):
            su = sv = sa = np.float32(0.0)
            count = np.float32(0.0)
            for p in range(2 * i, min(2 * i + 2, height)):
                for q in range(2 * j, min(2 * j + 2, width)):
                    share = np.float32(rgba[p, q, 3]) * unit
                    k = unit if premultiplied else unit * share
                    r = np.float32(rgba[p, q, 0]) * k
                    g = np.float32(rgba[p, q, 1]) * k
                    b = np.float32(rgba[p, q, 2]) * k
                    luma = np.float32(0.2126) * r + np.float32(0.7152) * g + np.float32(0.0722) * b
                    y[p, q] = np.uint8(np.float32(16.0) * share + np.float32(219.0) * luma + np.float32(0.5))
                    a[p, q] = rgba[p, q, 3]
                    su += (b - luma) * np.float32(1.0 / 1.8556)
                    sv += (r - luma) * np.float32(1.0 / 1.5748)
                    sa += share
                    count += np.float32(1.0)
            k = np.float32(1.0) / count
            u[i, j] = np.uint8((np.float32(128.0) * sa + np.float32(224.0) * su) * k + np.float32(0.5))
            v[i, j] = np.uint8((np.float32(128.0) * sa + np.float32(224.0) * sv) * k + np.float32(0.5))
