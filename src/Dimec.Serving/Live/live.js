'use strict';
(() => {
  const colours = ['#3f8f5b', '#4c7dd6', '#d99a2b', '#c2504a', '#8a63c9', '#3aa0a8'];
  const byId = id => document.getElementById(id);
  const charts = new Map();
  const dark = matchMedia('(prefers-color-scheme: dark)');
  let key = '';

  const percent = (value, digits = 1) => value == null ? '–' : (100 * value).toFixed(digits) + ' %';
  const whole = value => value.toLocaleString('en');
  const ms = value => value == null ? '–' : (value < 10 ? value.toFixed(1) : Math.round(value)) + ' ms';
  const sum = values => values.reduce((all, one) => all + one, 0);
  const colour = index => colours[index % colours.length];
  const say = (id, text) => { byId(id).textContent = text; };
  const show = (id, isShown) => { byId(id).hidden = !isShown; };

  function rows(id, all) {
    byId(id).replaceChildren(...all.map(cells => {
      const row = document.createElement('tr');
      row.append(...cells.map(cell => {
        const td = document.createElement('td');
        td.append(...(Array.isArray(cell) ? cell : [cell]));
        return td;
      }));
      return row;
    }));
  }

  function swatch(index) {
    const mark = document.createElement('span');
    mark.className = 'swatch';
    mark.style.background = colour(index);
    return mark;
  }

  function axis(overrides) {
    const style = getComputedStyle(document.documentElement);
    const line = style.getPropertyValue('--line');
    return { stroke: style.getPropertyValue('--soft'), grid: { stroke: line, width: 1 }, ticks: { stroke: line }, size: 54, ...overrides };
  }

  // A chart is made again where its series change, and gets new numbers otherwise.
  function draw(id, names, data, options) {
    const at = byId(id);
    const signature = JSON.stringify([names, dark.matches]);
    let chart = charts.get(id);
    if (!chart || chart.signature !== signature) {
      chart?.plot.destroy();
      const plot = new uPlot({
        width: Math.max(200, at.clientWidth), height: 220, padding: [10, 16, 0, 0],
        cursor: { points: { show: false } },
        legend: { live: false },
        axes: [axis({ size: 30 }), axis({})],
        ...options,
        scales: { x: { time: true }, y: { range: (plot, low, high) => [0, high > 0 ? high * 1.05 : 1] }, ...options.scales },
        series: [{}, ...names.map((name, index) => ({ label: name, stroke: colour(index), width: 1.5, points: { show: false }, ...options.each?.(index) }))],
      }, data, at);
      chart = { signature, plot };
      charts.set(id, chart);
      return;
    }
    chart.plot.setData(data);
  }

  // The sums from below, the largest behind the others.
  function stacked(id, times, names, counts, seconds) {
    const sums = counts.map((_, last) => times.map((_, slot) => sum(counts.slice(0, last + 1).map(own => own[slot])) / seconds));
    const order = names.map((_, index) => names.length - 1 - index);
    draw(id, order.map(index => names[index]), [times, ...order.map(index => sums[index])], {
      each: place => ({ stroke: colour(order[place]), fill: colour(order[place]), width: 1, paths: uPlot.paths.stepped({ align: 1 }) }),
    });
  }

  const dashed = { dash: [6, 4], width: 1.5 };

  function client(at, data) {
    show('client', !!at);
    if (!at)
      return;
    const plan = data.plan;
    const planned = new Map((plan?.shares ?? []).map(share => [share.place, share.share]));
    say('samples', whole(at.samples));
    say('samples-beside', [['cached', at.outcomes.cached], ['less sure than asked for', at.outcomes.abstained], ['cut', at.outcomes.truncated]]
      .filter(one => one[1] > 0).map(one => `${whole(one[1])} ${one[0]}`).join(', '));
    say('saved', percent(at.savedTotal));
    say('saved-plan', plan ? `plan ${percent(plan.reduction)}` : '');
    say('confidence', percent(at.meanConfidence));
    say('confidence-plan', plan ? `plan’s accuracy ${percent(plan.accuracy)}` : '');
    say('fallbacks', percent(at.outcomes.fallback / at.samples));
    say('failed', `${whole(at.outcomes.failed)} without an answer`);
    const all = sum(at.places.map(place => sum(place.counts)));
    rows('places', at.places.map((place, index) => [
      [swatch(index), place.name], whole(sum(place.counts)), percent(all ? sum(place.counts) / all : null),
      planned.has(place.name) ? percent(planned.get(place.name)) : '–',
    ]));
    stacked('answers', data.times, at.places.map(place => place.name), at.places.map(place => place.counts), data.slotSeconds);
    const saved = at.saved.map(one => one == null ? null : 100 * one);
    draw('saving', plan ? ['served', 'plan'] : ['served'],
      plan ? [data.times, saved, data.times.map(() => 100 * plan.reduction)] : [data.times, saved],
      { scales: { y: { range: (plot, low) => [Math.min(0, low ?? 0), 100] } }, each: index => index ? dashed : {} });
    const steps = at.places[0]?.confidence.map((_, step) => 100 * (step + 0.5) / at.places[0].confidence.length) ?? [];
    draw('sureness', at.places.map(place => place.name), [steps, ...at.places.map(place => {
      const answered = sum(place.confidence);
      return place.confidence.map(one => answered ? 100 * one / answered : null);
    })], { scales: { x: { time: false, range: [0, 100] } } });
    draw('calls', ['p50', 'p95'], [data.times, at.p50, at.p95], { each: () => ({ spanGaps: true }) });
  }

  function tiers(all) {
    show('tiers', all.length > 0);
    rows('addresses', all.map(one => {
      const state = document.createElement('span');
      state.className = one.isUp ? 'up' : one.isUp === false ? 'down' : '';
      state.textContent = one.isUp ? '● up' : one.isUp === false ? '○ down' : '–';
      return [one.tier, one.address, [state], whole(one.requests), whole(one.failed), ms(one.p50), ms(one.p95)];
    }));
  }

  function server(at, data) {
    show('server', !!at);
    if (!at)
      return;
    say('server-title', `This tier: ${at.tier}, revision ${at.revision}`);
    say('requests', whole(sum(at.requests)));
    say('requests-failed', `${whole(sum(at.failed))} without an answer`);
    say('rows', whole(sum(at.exits.map(exit => sum(exit.counts)))));
    say('rows-beside', at.exits.map(exit => `${whole(sum(exit.counts))} at ${exit.name}`).join(', '));
    say('waiting', whole(at.waiting));
    say('refused', `${whole(sum(at.refused))} refused`);
    const last = values => values.findLast(value => value != null) ?? null;
    say('p95', ms(last(at.p95)));
    say('p50', `p50 ${ms(last(at.p50))}`);
    stacked('exits', data.times, at.exits.map(exit => exit.name), at.exits.map(exit => exit.counts), data.slotSeconds);
    draw('durations', ['p50', 'p95'], [data.times, at.p50, at.p95], { each: () => ({ spanGaps: true }) });
  }

  function notice(text) {
    say('notice', text);
    show('notice', text !== '');
  }

  async function look() {
    const response = await fetch(location.pathname.replace(/\/$/, '') + '/live.json', {
      headers: key ? { Authorization: `Bearer ${key}` } : {}, cache: 'no-store',
    });
    show('login', response.status === 401);
    if (!response.ok)
      throw new Error(response.status === 401 ? 'This tier asks for a key.' : `The process answers ${response.status}.`);
    const data = await response.json();
    show('main', true);
    say('subtitle', `the last 15 minutes, at ${new Date(data.at).toLocaleTimeString()}`);
    show('nothing', !data.client && !data.server && data.tiers.length === 0);
    client(data.client, data);
    tiers(data.tiers);
    server(data.server, data);
    notice('');
  }

  async function round() {
    if (!document.hidden) {
      try {
        await look();
      } catch (failure) {
        notice(failure instanceof TypeError ? 'The process does not answer.' : failure.message);
      }
    }
    setTimeout(round, 2000);
  }

  byId('login').addEventListener('submit', event => {
    event.preventDefault();
    key = byId('key').value;
    look().catch(failure => notice(failure.message));
  });
  new ResizeObserver(() => charts.forEach((chart, id) => {
    const width = byId(id).clientWidth;
    if (width > 0)
      chart.plot.setSize({ width: Math.max(200, width), height: 220 });
  })).observe(document.body);
  round();
})();
