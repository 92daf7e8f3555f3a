// SPDX-License-Identifier: GPL-3.0-or-later
//! Draws arrivals in order.
#include "ledger/stress/schedule.h"

#include "ledger/stress/jsonmembers.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tallystick {

namespace {

constexpr quint64 arrivalStream = 1'000'000'000'000; // far from the operations' own streams
constexpr qint64 never = std::numeric_limits<qint64>::max();
constexpr qint64 shortestTurnMicros = 1'000;

/// Exponentially distributed with mean 1.
double unitGap(Random& random)
{
    const double uniform = (double(random.next() >> 11) + 1) / 9'007'199'254'740'992.0; // (0, 1]
    return -std::log(uniform);
}

} // namespace

Schedule::Schedule(const Plan& plan)
    : m_arrivals(plan.scenario().open->arrivals)
    , m_curve(curveOf(plan.scenario()))
    , m_clients(plan.scenario().clients)
    , m_operations(plan.operations().value_or(maxOperations))
    , m_endMicros(plan.scenario().seconds ? qint64(*plan.scenario().seconds * 1e6) : never)
    , m_random(plan.scenario().seed, arrivalStream)
{
}

std::optional<Due> Schedule::generate()
{
    if (m_generated == m_operations)
        return std::nullopt;
    const double next = m_arrivals == OpenLoad::Arrivals::Poisson ? m_area + unitGap(m_random)
                                                                  : double(m_generated);
    const double seconds = m_curve.timeOf(next);
    if (seconds * 1e6 >= double(m_endMicros)) {
        m_operations = m_generated;
        return std::nullopt;
    }
    m_area = next;
    m_lastMicros = std::llround(seconds * 1e6);
    return Due{m_generated++, m_lastMicros};
}

std::optional<Due> Schedule::take()
{
    const std::lock_guard guard(m_mutex);
    if (m_waiting.empty())
        return generate();
    const Due due = m_waiting.front();
    m_waiting.pop_front();
    return due;
}

qint64 Schedule::backlog(qint64 nowMicros)
{
    const std::lock_guard guard(m_mutex);
    while (m_waiting.empty() || m_waiting.back().micros <= nowMicros) {
        const auto due = generate();
        if (!due)
            break;
        m_waiting.push_back(*due);
    }
    qint64 count = qint64(m_waiting.size());
    if (count > 0 && m_waiting.back().micros > nowMicros)
        --count;
    return count;
}

bool Schedule::isOver(qint64 nowMicros)
{
    const std::lock_guard guard(m_mutex);
    return m_generated == m_operations && m_lastMicros <= nowMicros;
}

qint64 Schedule::turnMicros(qint64 micros) const
{
    const double rate = m_curve.levelAt(double(micros) / 1e6);
    const double turn = rate > 0 ? 1e6 * m_clients / rate : double(shortestTurnMicros);
    return std::max(shortestTurnMicros, qint64(std::min(turn, 60e6)));
}

} // namespace tallystick
