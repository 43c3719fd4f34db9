/* The reader turns the hours: rows, columns, measure, period, filter. The cube is loaded at the first touch; the question lies in the hash.
   Every word comes from the page (its template of words) or with the cube; sums are of whole numbers, rounded half-up when written. */
(function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg";
  var MOST_COLUMNS = 12, MOST_PARTS = 7, REST = -1;
  var FIELDS = ["rows", "columns", "measure", "view", "from", "to", "most"];
  var loading = {}, waiting = {};

  window.sitegen = window.sitegen || {};
  window.sitegen.data = function (name, value) { if (waiting[name]) { waiting[name](value); } };

  function load(address) {
    loading[address] = loading[address] || new Promise(function (done, failed) {
      var script = document.createElement("script");
      waiting[/([^/]+)\.js$/.exec(address)[1]] = done;
      script.src = address;
      script.onerror = function () { delete loading[address]; failed(); };
      document.head.append(script);
    });
    return loading[address];
  }

  function add(parent, tag, name, text) {
    var made = document.createElement(tag);
    if (name) { made.className = name; }
    if (text !== undefined) { made.textContent = text; }
    parent.append(made);
    return made;
  }

  function draw(parent, tag, attributes, text) {
    var made = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    if (text !== undefined) { made.textContent = text; }
    parent.append(made);
    return made;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, name) { return values[name]; });
  }

  /* --- figures: n ÷ d, both whole */

  function rounded(figure, digits) {
    var scale = Math.pow(10, digits);
    return Math.floor((2 * figure.n * scale + figure.d) / (2 * figure.d));
  }

  function written(figure, digits, words) {
    if (!figure) { return words.none; }
    var whole = String(rounded(figure, digits));
    var text = whole.padStart(digits + 1, "0"), end = text.length - digits;
    return text.slice(0, end).replace(/\B(?=(\d{3})+$)/g, words.group) + (digits ? words.decimal + text.slice(end) : "");
  }

  /* How each measure is made of a sum {minutes, cost, unpriced}, with that of its row and of all. */
  var MEASURES = {
    hours: { digits: 1, step: 1, of: function (sum) { return { n: sum.minutes, d: 60 }; } },
    share: { digits: 1, step: 1, of: function (sum, row, all) { return { n: sum.minutes * 100, d: all.minutes }; } },
    rowshare: { digits: 1, step: 1, of: function (sum, row) { return { n: sum.minutes * 100, d: row.minutes }; } },
    cost: { digits: 0, step: 1000, of: priced }, standard: { digits: 0, step: 1000, of: priced }
  };

  function priced(sum) { return sum.minutes && sum.unpriced === sum.minutes ? null : { n: sum.cost, d: 6000 }; }

  /* --- the sums of a question */

  function ask(cube, state) {
    var cells = cube.cells, count = cells.minutes.length;
    var cost = cells[state.measure], without = cells[state.measure === "cost" ? "unpriced" : "unstandard"];
    var keep = {}, found = {}, rows = {}, columns = {}, all = nothing();
    ["when", "what", "who"].forEach(function (axis) {
      keep[axis] = cube[axis].map(function (row) {
        return cube.dimensions.every(function (dimension) {
          if (dimension.axis !== axis) { return true; }
          var id = dimension.members[row[dimension.at]][0], wanted = state.filters[dimension.id];
          return (!wanted || wanted.indexOf(id) >= 0) && (dimension.id !== "month" || (state.from <= id && id <= state.to));
        });
      });
    });
    var row = member(cube, state.rows), column = member(cube, state.columns);
    for (var at = 0; at < count; at++) {
      if (!keep.when[cells.when[at]] || !keep.what[cells.what[at]] || !keep.who[cells.who[at]]) { continue; }
      var r = row(at), c = column(at), key = r + "/" + c;
      [found[key] = found[key] || nothing(), rows[r] = rows[r] || nothing(), columns[c] = columns[c] || nothing(), all].forEach(plus);
    }
    return { found: found, rows: rows, columns: columns, all: all };

    function plus(sum) {
      sum.minutes += cells.minutes[at];
      if (cost) { sum.cost += cost[at]; sum.unpriced += without[at]; }
    }
  }

  function nothing() { return { minutes: 0, cost: 0, unpriced: 0 }; }

  function dimension(cube, id) { return cube.dimensions.filter(function (one) { return one.id === id; })[0]; }

  /* The number of a cell's member in a dimension; without a dimension all cells are one. */
  function member(cube, id) {
    var one = dimension(cube, id);
    if (!one) { return function () { return 0; }; }
    return function (at) { return cube[one.axis][cube.cells[one.axis][at]][one.at]; };
  }

  /* The members in the order they are shown: time and people as they come, other things the largest first; what has no place of its own is put together,
     but not one alone. */
  function ordered(sums, one, most, bySize) {
    var keys = Object.keys(sums).map(Number).sort(function (a, b) { return a - b; });
    var size = function (a, b) { return sums[b].minutes - sums[a].minutes || a - b; };
    var large = new Set(keys.length > most + 1 ? keys.slice().sort(size).slice(0, most) : keys);
    var shown = keys.filter(function (key) { return large.has(key); });
    if (bySize) { shown.sort(size); }
    /* what is not said stands last among the named */
    if (one) { shown.sort(function (a, b) { return (one.members[a][0] === "-") - (one.members[b][0] === "-"); }); }
    return { shown: shown, rest: keys.filter(function (key) { return !large.has(key); }) };
  }

  function table(cube, state, words) {
    var sums = ask(cube, state), rowDimension = dimension(cube, state.rows), columnDimension = dimension(cube, state.columns);
    var timed = columnDimension && columnDimension.axis === "when";
    var rows = ordered(sums.rows, rowDimension, rowDimension.axis === "when" ? 1e9 : +state.most, rowDimension.axis === "what");
    var columns = columnDimension ? ordered(sums.columns, columnDimension, timed ? 1e9 : MOST_COLUMNS, columnDimension.axis === "what") : { shown: [], rest: [] };
    var measure = MEASURES[state.measure];

    function merged(rowKeys, columnKeys) {
      var sum = nothing(), there = false;
      rowKeys.forEach(function (r) {
        columnKeys.forEach(function (c) {
          var found = sums.found[r + "/" + c];
          if (found) { there = true; ["minutes", "cost", "unpriced"].forEach(function (name) { sum[name] += found[name]; }); }
        });
      });
      return there ? sum : null;
    }
    function places(order, one) {
      var made = order.shown.map(function (key) {
        var names = one.members[key];
        /* a month has a short name too */
        return { keys: [key], id: names[0], name: names[1], short: names[2] || names[1], narrow: names[2] ? names[2] + " " + names[0].slice(0, 4) : names[1], unknown: names[0] === "-" };
      });
      if (order.rest.length) {
        var name = fill(words.rest, { n: written({ n: order.rest.length, d: 1 }, 0, words) });
        made.push({ keys: order.rest, name: name, short: name, narrow: name, unknown: true, rest: true });
      }
      return made;
    }
    var everyRow = rows.shown.concat(rows.rest), everyColumn = Object.keys(sums.columns).map(Number);
    var across = places(columns, columnDimension);
    function line(name, keys, more) {
      var total = merged(keys, everyColumn) || nothing();
      return Object.assign({
        name: name, total: measure.of(total, total, sums.all), minutes: total.minutes,
        cells: across.map(function (place) {
          var sum = merged(keys, place.keys);
          return sum && { figure: measure.of(sum, total, sums.all) };
        })
      }, more);
    }
    return {
      columns: across, sums: sums, measure: measure, timed: timed,
      lines: places(rows, rowDimension).map(function (place) { return line(place.name, place.keys, place); }),
      foot: line(words.total, everyRow, {})
    };
  }

  /* --- what is shown */

  function largest(made) {
    var found = 0;
    made.lines.forEach(function (line) {
      line.cells.forEach(function (cell) { if (cell && cell.figure) { found = Math.max(found, cell.figure.n / cell.figure.d); } });
    });
    return found;
  }

  function steps(made, most) {
    var top = 16 * made.measure.step;
    while (top * 2 < most) { top *= 2; }
    return [top / 16, top / 8, top / 4, top / 2, top];
  }

  function heatKey(out, limits, words, unit) {
    var list = add(out, "ul", "sg-key");
    function entry(step, text) { var item = add(list, "li"); add(item, "span", "sg-swatch sg-s" + step); item.append(text + " " + unit); }
    limits.forEach(function (limit, at) { entry(at + 1, fill(words.upTo, { limit: written({ n: limit, d: 1 }, 0, words) })); });
    entry(6, fill(words.over, { limit: written({ n: limits[4], d: 1 }, 0, words) }));
    add(list, "li", "", "· " + words.nothing);
  }

  function showTable(out, made, state, words, texts) {
    var heat = state.view === "heat", alone = !made.columns.length, share = alone && state.measure === "hours";
    /* narrow cells have room for three figures */
    var most = largest(made), limits = heat && steps(made, most), grid = heat && !alone && made.timed && made.columns.length <= 13 && most < 1000;
    if (heat && !alone) { heatKey(out, limits, words, texts.unit); }
    var frame = grid ? out : add(out, "div", "sg-scroll");
    var built = add(frame, "table", grid ? "sg-heat" : "sg-table" + (heat ? " sg-table--heat" : ""));
    (grid ? built : frame).setAttribute("aria-label", texts.title);
    if (!grid) { frame.tabIndex = 0; frame.setAttribute("role", "region"); frame.dataset.wide = words.wide; }
    var head = add(add(built, "thead"), "tr");
    add(head, grid ? "td" : "th", "", grid ? "" : texts.rows).scope = "col";
    made.columns.forEach(function (column) {
      var cell = add(head, "th", grid ? "" : "sg-num");
      cell.scope = "col";
      if (grid) { add(cell, "span", "", column.short).setAttribute("aria-hidden", "true"); add(cell, "span", "sg-only", column.name); } else { cell.textContent = column.narrow; }
    });
    function last(text) { add(head, "th", grid ? "sg-heat__sum" : "sg-num", text).scope = "col"; }
    last((alone ? texts.measure : words.total) + " (" + texts.unit + ")");
    if (share) { last(words.share); }
    function line(body, row, foot) {
      var tr = add(body, "tr");
      var named = add(tr, "th"), page = row.id && row.id !== "-" && words.pages[state.rows];
      named.scope = "row";
      if (page) { add(named, "a", "", row.name).href = fill(page, row); } else { named.textContent = row.name; }
      row.cells.forEach(function (cell) {
        var name = grid ? "" : "sg-num";
        if (!cell) { add(add(tr, "td", name + " sg-out", "·"), "span", "sg-only", " " + words.nothing); return; }
        if (heat && !foot && cell.figure) {
          var value = cell.figure.n / cell.figure.d;
          name += " sg-s" + (1 + limits.filter(function (limit) { return value > limit; }).length);
        }
        /* in the narrow cells of a grid from 10 on without decimals */
        var wide = grid && cell.figure && (cell.figure.n >= 10 * cell.figure.d || cell.figure.n % cell.figure.d === 0);
        add(tr, "td", name, written(cell.figure, wide ? 0 : made.measure.digits, words));
      });
      add(tr, "td", grid ? "sg-heat__sum" : "sg-num", written(row.total, made.measure.digits, words));
      if (share) { add(tr, "td", "sg-num", written({ n: row.minutes * 100, d: made.sums.all.minutes }, 1, words)); }
    }
    var body = add(built, "tbody"), foot = add(built, "tfoot");
    made.lines.forEach(function (row) { line(body, row); });
    line(foot, made.foot, true);
    if (window.sitegenWide) { window.sitegenWide(out); }
    var digits = made.measure.digits, sum = 0;
    made.lines.forEach(function (row) { sum += row.total ? rounded(row.total, digits) : 0; });
    if (state.measure !== "rowshare" && made.foot.total && sum !== rounded(made.foot.total, digits)) { add(out, "p", "sg-why", words.rounded); }
  }

  function colour(at, unknown) { return "var(--sg-" + (unknown ? "unknown" : "cat-" + (at + 1)) + ")"; }

  function key(out, parts, text) {
    var list = add(out, "ul", "sg-key sg-pivot__key");
    parts.forEach(function (part, at) {
      var item = add(list, "li"), mark = draw(item, "svg", { viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true" });
      draw(mark, "rect", { width: 12, height: 12, fill: colour(at, part.unknown) });
      item.append(text ? text(part) : part.name);
    });
  }

  function picture(out, width, height, label) {
    return draw(out, "svg", { "class": "sg-draw", viewBox: "0 0 " + width + " " + height, width: width, height: height, role: "img", "aria-label": label });
  }

  /* Bars of the rows, each in the parts of its columns where these are few enough to tell apart. */
  function showBars(out, made, words, texts) {
    var width = Math.max(280, Math.min(out.clientWidth, 860)), narrow = width < 560;
    var left = narrow ? 0 : Math.round(width * 0.3), room = width - left - 70, high = narrow ? 42 : 28;
    var parted = made.columns.length > 1 && made.columns.length <= MOST_PARTS, largest = 0;
    function worth(figure) { return figure ? figure.n / figure.d : 0; }
    made.lines.forEach(function (line) { largest = Math.max(largest, worth(line.total)); });
    if (parted) { key(out, made.columns); }
    var svg = picture(out, width, made.lines.length * high, texts.said);
    made.lines.forEach(function (line, row) {
      var top = row * high + (narrow ? 18 : 5), at = left;
      var longest = Math.floor((narrow ? width : left) / 7);
      var name = line.name.length > longest ? line.name.slice(0, longest - 1) + "…" : line.name;
      draw(svg, "text", { x: narrow ? 0 : left - 8, y: narrow ? top - 5 : top + 13, "text-anchor": narrow ? "start" : "end", "class": "sg-name" }, name);
      (parted ? line.cells : [{ figure: line.total }]).forEach(function (cell, place) {
        var long = cell && largest ? worth(cell.figure) / largest * room : 0;
        var paint = parted ? colour(place, made.columns[place].unknown) : line.unknown ? "var(--sg-unknown)" : "var(--sg-actual)";
        if (long) { draw(svg, "rect", { x: at, y: top, width: long, height: 18, fill: paint, stroke: "var(--sg-raised)", "stroke-width": parted ? 1 : 0 }); }
        at += long;
      });
      draw(svg, "text", { x: at + 6, y: top + 13, "class": "sg-ink" }, written(line.total, made.measure.digits, words));
    });
  }

  /* A ring of at most seven parts; the rest is one of them. */
  function showRing(out, made, state, words, texts) {
    function worth(line) { return state.measure === "rowshare" ? line.minutes : line.total ? line.total.n / line.total.d : 0; }
    var frame = add(out, "div", "sg-pivot__ring"), svg = picture(frame, 220, 220, texts.said), from = 0, all = 0;
    var lines = made.lines.filter(worth).sort(function (a, b) { return !!a.rest - !!b.rest || worth(b) - worth(a); });
    lines.forEach(function (line) { all += worth(line); });
    var parts = lines.slice(0, lines.length > MOST_PARTS ? MOST_PARTS - 1 : MOST_PARTS).map(function (line) {
      return { name: line.name, unknown: line.unknown, size: worth(line) / all };
    });
    if (lines.length > parts.length) {
      var left = 1;
      parts.forEach(function (part) { left -= part.size; });
      var merged = lines.slice(parts.length).reduce(function (sum, line) { return sum + line.keys.length; }, 0);
      parts.push({ name: fill(words.rest, { n: written({ n: merged, d: 1 }, 0, words) }), unknown: true, size: left });
    }
    function point(turn, radius) { return (110 + radius * Math.sin(turn * 2 * Math.PI)) + " " + (110 - radius * Math.cos(turn * 2 * Math.PI)); }
    parts.forEach(function (part, at) {
      var to = Math.min(from + part.size, from + 0.99999), big = to - from > 0.5 ? 1 : 0;
      draw(svg, "path", {
        d: "M" + point(from, 108) + "A108 108 0 " + big + " 1 " + point(to, 108) + "L" + point(to, 62) + "A62 62 0 " + big + " 0 " + point(from, 62) + "Z",
        fill: colour(at, part.unknown), stroke: "var(--sg-raised)", "stroke-width": 2
      });
      from += part.size;
    });
    key(frame, parts, function (part) { return part.name + " " + written({ n: Math.round(part.size * 1e9), d: 1e7 }, 1, words) + words.percent; });
  }

  /* Unrounded, as the reader's spreadsheet opens it; a text that would be read as a formula is made harmless. */
  function csv(made, texts, words) {
    var between = words.decimal === "," ? ";" : ",";
    function cell(text) {
      text = /^\s*[=+\-@\t\r]/.test(text) ? "'" + text : text;
      return /[\x22;,\n]/.test(text) ? "\"" + text.replace(/\x22/g, "\"\"") + "\"" : text;
    }
    function number(figure) { return figure ? String(figure.n / figure.d).replace(".", words.decimal) : ""; }
    var head = [texts.rows].concat(made.columns.map(function (column) { return column.name; }), texts.measure + " (" + texts.unit + ")");
    var lines = [head.map(cell)].concat(made.lines.concat(made.foot).map(function (line) {
      return [cell(line.name)].concat(line.cells.map(function (one) { return one ? number(one.figure) : ""; }), number(line.total));
    }));
    return "\ufeff" + lines.map(function (line) { return line.join(between); }).join("\r\n") + "\r\n";
  }

  /* --- the page */

  function start(figure) {
    var form = figure.querySelector("form"), out = figure.querySelector(".sg-pivot__out"), said = figure.querySelector("output");
    var words = JSON.parse(figure.querySelector("template").content.textContent);
    var chips = form.querySelector(".sg-pivot__chips"), by = form.elements.by, value = form.elements.value;
    var address = new URL(figure.dataset.pivot, location).href, cube = null, filters = {}, drawn = 0, shown = null;
    var first = {};
    FIELDS.forEach(function (name) { first[name] = form.elements[name].value; });

    function now() {
      var state = { filters: filters };
      FIELDS.forEach(function (name) { state[name] = form.elements[name].value; });
      if (state.from > state.to) { var from = state.from; state.from = state.to; state.to = from; }
      if (state.columns === state.rows) { state.columns = "none"; }
      return state;
    }

    function read(hash) {
      var asked = new URLSearchParams(hash);
      FIELDS.forEach(function (name) {
        var select = form.elements[name], wanted = asked.get(name);
        select.value = wanted !== null && Array.from(select.options).some(function (option) { return option.value === wanted; }) ? wanted : first[name];
      });
      filters = {};
      cube.dimensions.forEach(function (one) {
        var ids = (asked.get("only." + one.id) || "").split(",").filter(function (id) { return one.members.some(function (known) { return known[0] === id; }); });
        if (ids.length) { filters[one.id] = ids; }
      });
    }

    function remember(state) {
      var asked = new URLSearchParams();
      FIELDS.forEach(function (name) { if (form.elements[name].value !== first[name]) { asked.set(name, form.elements[name].value); } });
      Object.keys(filters).forEach(function (id) { asked.set("only." + id, filters[id].join(",")); });
      var hash = "#" + asked;
      if (hash === (location.hash || "#")) { return; }
      try { history.replaceState(history.state, "", hash === "#" ? location.pathname + location.search : hash); } catch (refused) { location.replace(hash); }
    }

    function label(name) { var select = form.elements[name]; return select.options[select.selectedIndex].text; }

    function render() {
      var state = now(), made = table(cube, state, words), unit = words.units[state.measure];
      var texts = { rows: label("rows"), measure: label("measure"), unit: unit };
      texts.title = state.columns === "none" ? texts.measure + ": " + texts.rows : fill(words.title, { measure: texts.measure, rows: texts.rows, columns: label("columns") });
      texts.said = sentence(state, made);
      figure.querySelector("h2").textContent = texts.title;
      figure.querySelector(".sg-figure__sub").textContent = fill(words.sub, { first: label(form.elements.from.value > form.elements.to.value ? "to" : "from"), last: label(form.elements.from.value > form.elements.to.value ? "from" : "to") });
      out.textContent = "";
      cube.notes.forEach(function (note) { add(out, "p", "sg-why", note); });
      if (!made.lines.length) {
        add(out, "p", "sg-lead", words.empty);
      } else {
        if (state.view === "bar") { showBars(out, made, words, texts); }
        if (state.view === "donut") { showRing(out, made, state, words, texts); }
        showTable(out, made, state, words, texts);
      }
      said.textContent = texts.said;
      drawn = out.clientWidth;
      shown = made.lines.length ? function () { return csv(made, texts, words); } : null;
      form.elements.csv.disabled = !shown;
      showFilters();
      remember(state);
    }

    function sentence(state, made) {
      var all = made.sums.all, texts = [];
      if (!made.lines.length) { return words.empty; }
      var total = MEASURES[state.measure === "rowshare" || state.measure === "share" ? "hours" : state.measure];
      var full = words.full[state.measure === "cost" || state.measure === "standard" ? "money" : "hours"];
      texts.push(fill(words.said, { total: fill(full, { n: written(total.of(all), total.digits, words) }), rows: written({ n: made.lines.length, d: 1 }, 0, words) }));
      /* by name and not by rank: who worked most is nobody's figure */
      if (state.rows !== "person" && made.lines.length > 1) {
        var most = made.lines.filter(function (line) { return !line.rest; }).sort(function (a, b) { return b.minutes - a.minutes; })[0];
        if (most) { texts.push(fill(words.most, { name: most.name, share: written({ n: most.minutes * 100, d: all.minutes }, 1, words) + words.percent })); }
      }
      if (all.unpriced) { texts.push(fill(words.unpriced, { hours: fill(words.full.hours, { n: written({ n: all.unpriced, d: 60 }, 1, words) }) })); }
      return texts.join(" ");
    }

    function showFilters() {
      chips.textContent = "";
      Object.keys(filters).forEach(function (id) {
        var one = dimension(cube, id);
        filters[id].forEach(function (member) {
          var text = Array.from(by.options).filter(function (option) { return option.value === id; })[0].text + ": " + one.members.filter(function (known) { return known[0] === member; })[0][1];
          var chip = add(add(chips, "li"), "button", "sg-pivot__chip", text + " ×");
          chip.type = "button";
          chip.setAttribute("aria-label", fill(words.remove, { what: text }));
          chip.addEventListener("click", function () {
            filters[id] = filters[id].filter(function (other) { return other !== member; });
            if (!filters[id].length) { delete filters[id]; }
            render();
            by.focus();
          });
        });
      });
    }

    function values() {
      var one = dimension(cube, by.value);
      while (value.options.length > 1) { value.remove(1); }
      value.disabled = !one;
      (one ? one.members : []).forEach(function (known) { value.add(new Option(known[1], known[0])); });
    }

    /* Takes the choices away that these records do not have: a dimension nobody fills in, a cost nobody may see. */
    function fit() {
      ["rows", "columns", "by"].forEach(function (name) {
        Array.from(form.elements[name].options).forEach(function (option) {
          if (option.value && option.value !== "none" && !dimension(cube, option.value)) { option.remove(); }
        });
      });
      Array.from(form.elements.measure.options).forEach(function (option) {
        if (/^(cost|standard)$/.test(option.value) && !cube.cells[option.value]) { option.remove(); }
      });
      form.querySelectorAll("[data-ask]").forEach(function (button) {
        var asked = new URLSearchParams(button.dataset.ask);
        button.hidden = ["rows", "columns"].some(function (name) { return asked.get(name) && asked.get(name) !== "none" && !dimension(cube, asked.get(name)); });
      });
    }

    function ready(then) {
      load(address).then(function (data) {
        if (!cube) { cube = data; fit(); read(location.hash.slice(1)); }
        then();
      }, function () { said.textContent = words.failed; });
    }

    form.addEventListener("change", function (event) {
      var name = event.target.name, chosen = event.target.value;
      ready(function () {
        if (form.elements[name]) { form.elements[name].value = chosen; }
        if (name === "by") { values(); return; }
        if (name === "value") {
          if (!chosen) { return; }
          var held = filters[by.value] = filters[by.value] || [];
          if (held.indexOf(chosen) < 0) { held.push(chosen); }
          value.value = "";
        }
        render();
      });
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("click", function (event) {
      var question = event.target.dataset.ask;
      if (question !== undefined) { ready(function () { read(question); render(); }); }
    });
    form.elements.csv.addEventListener("click", function () {
      ready(function () {
        if (!shown) { render(); }
        var link = document.createElement("a"), blob = URL.createObjectURL(new Blob([shown()], { type: "text/csv" }));
        link.href = blob;
        link.download = words.file + ".csv";
        link.click();
        setTimeout(function () { URL.revokeObjectURL(blob); }, 1000);
      });
    });
    ["focusin", "pointerenter"].forEach(function (touch) {
      form.addEventListener(touch, function () { load(address).catch(function () {}); }, { once: true });
    });
    window.addEventListener("hashchange", function () { if (form.isConnected && location.hash.indexOf("=") > 0) { ready(function () { read(location.hash.slice(1)); render(); }); } });
    new ResizeObserver(function () {
      if (shown && form.elements.view.value === "bar" && Math.abs(out.clientWidth - drawn) > 20) { render(); }
    }).observe(out);
    form.hidden = false;
    if (location.hash.indexOf("=") > 0) { ready(render); }
  }

  window.sitegenPivot = function (page) { page.querySelectorAll("[data-pivot]").forEach(start); };
})();
