// SPDX-License-Identifier: GPL-3.0-or-later
//! What the threads of one run share: the start, the clock, the end.
#pragma once
#include "ledger/core/error.h"

#include <atomic>
#include <chrono>
#include <latch>
#include <limits>
#include <mutex>
#include <optional>

namespace tallystick {

/// Thread-safe.
class RunControl final
{
public:
    /// \a beforeOthers: answers after which operations that wait for the others may go.
    RunControl(int workers, qint64 beforeOthers);

    /// \name The start: every worker arrives with its session open and waits; all go at once
    /// @{
    void arrive(const std::optional<Failure>& trouble);
    /// False when the run was called off.
    [[nodiscard]] bool awaitStart();
    void awaitArrivals() { m_arrivals.wait(); }
    /// Why a worker could not arrive with a session, if one could not.
    [[nodiscard]] std::optional<Failure> trouble() const;
    void start(std::chrono::steady_clock::time_point zero);
    void callOff();
    /// @}

    [[nodiscard]] qint64 nowMicros() const;
    [[nodiscard]] qint64 microsAt(std::chrono::steady_clock::time_point time) const;

    /// \name The end
    /// @{
    void end();
    /// Ends the run for a reason that leaves it undecided; the first one is kept.
    void breakOff(const Failure& reason);
    [[nodiscard]] std::optional<Failure> breakdown() const;
    [[nodiscard]] bool isEnding() const { return m_isEnding; }
    /// When end() was called for the first time; later than any other time before.
    [[nodiscard]] qint64 endedMicros() const { return m_endedMicros; }
    void leave() { m_running.fetch_sub(1); }
    [[nodiscard]] int running() const { return m_running; }
    /// @}

    void answeredBeforeOthers() { m_beforeOthers.fetch_sub(1); }
    /// Waits for those; false when the run ended before.
    [[nodiscard]] bool awaitOthers();
    /// False when the run ended before the time was over.
    [[nodiscard]] bool pause(std::chrono::microseconds duration);
    /// Waits until then; false when the run ended before.
    [[nodiscard]] bool awaitTime(qint64 micros);

private:
    [[nodiscard]] bool sleepUntil(std::chrono::steady_clock::time_point until);

    std::latch m_arrivals;
    std::latch m_start{1};
    std::atomic<bool> m_mayGo = false;
    std::atomic<bool> m_isEnding = false;
    std::atomic<qint64> m_endedMicros = std::numeric_limits<qint64>::max();
    std::atomic<int> m_running;
    std::atomic<qint64> m_beforeOthers;
    std::atomic<std::chrono::steady_clock::time_point> m_zero;
    mutable std::mutex m_mutex;
    std::optional<Failure> m_trouble;
    std::optional<Failure> m_breakdown;
};

} // namespace tallystick
