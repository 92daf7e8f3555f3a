// SPDX-License-Identifier: GPL-3.0-or-later
//! Starts threads together and lets them end soon.
#include "ledger/stress/runcontrol.h"

#include <algorithm>
#include <thread>

namespace tallystick {

using namespace std::chrono_literals;

RunControl::RunControl(int workers, qint64 beforeOthers)
    : m_arrivals(workers)
    , m_running(workers)
    , m_beforeOthers(beforeOthers)
{
}

void RunControl::arrive(const std::optional<Failure>& trouble)
{
    if (trouble) {
        const std::lock_guard guard(m_mutex);
        if (!m_trouble)
            m_trouble = trouble;
    }
    m_arrivals.count_down();
}

bool RunControl::awaitStart()
{
    m_start.wait();
    return m_mayGo;
}

std::optional<Failure> RunControl::trouble() const
{
    const std::lock_guard guard(m_mutex);
    return m_trouble;
}

void RunControl::start(std::chrono::steady_clock::time_point zero)
{
    m_zero = zero;
    m_mayGo = true;
    m_start.count_down();
}

void RunControl::callOff()
{
    m_isEnding = true;
    m_start.count_down();
}

qint64 RunControl::microsAt(std::chrono::steady_clock::time_point time) const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time - m_zero.load()).count();
}

qint64 RunControl::nowMicros() const
{
    return microsAt(std::chrono::steady_clock::now());
}

bool RunControl::awaitOthers()
{
    while (m_beforeOthers > 0)
        if (!pause(1ms))
            return false;
    return !m_isEnding;
}

void RunControl::end()
{
    qint64 notEnded = std::numeric_limits<qint64>::max();
    m_endedMicros.compare_exchange_strong(notEnded, nowMicros());
    m_isEnding = true;
}

void RunControl::breakOff(const Failure& reason)
{
    {
        const std::lock_guard guard(m_mutex);
        if (!m_breakdown)
            m_breakdown = reason;
    }
    end();
}

std::optional<Failure> RunControl::breakdown() const
{
    const std::lock_guard guard(m_mutex);
    return m_breakdown;
}

bool RunControl::pause(std::chrono::microseconds duration)
{
    return sleepUntil(std::chrono::steady_clock::now() + duration);
}

bool RunControl::awaitTime(qint64 micros)
{
    return sleepUntil(m_zero.load() + std::chrono::microseconds(micros));
}

bool RunControl::sleepUntil(std::chrono::steady_clock::time_point until)
{
    // In slices: a pause of a minute must not outlive a stop by more than one of them.
    constexpr std::chrono::microseconds slice = 20ms;
    while (!m_isEnding) {
        const auto now = std::chrono::steady_clock::now();
        if (now >= until)
            return true;
        std::this_thread::sleep_until(std::min(until, now + slice));
    }
    return false;
}

} // namespace tallystick
