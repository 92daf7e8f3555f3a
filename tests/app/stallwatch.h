// SPDX-License-Identifier: GPL-3.0-or-later
//! How long the event loop of this thread was kept from its next event.
#pragma once
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QTimer>

#include <algorithm>

namespace tallystick {

/// Wants to be called every few milliseconds. What the thread spent ready to run, while the machine
/// ran others, is not counted: a busy machine is no fault of this program. What it waited for, or
/// worked at, is.
class StallWatch final : public QObject
{
public:
    StallWatch()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(periodMillis);
        connect(&m_timer, &QTimer::timeout, this, [this] { look(); });
        m_clock.start();
        m_lastDelayNanos = delayNanos();
        m_timer.start();
    }
    [[nodiscard]] double worstMillis() const { return m_worstMillis; }
    [[nodiscard]] double worstReadyMillis() const { return m_worstReadyMillis; }

private:
    static constexpr int periodMillis = 5;

    /// How long the thread was ready and did not run (Documentation/scheduler/sched-stats of the
    /// kernel); 0 where it is not told, so that all of a gap counts.
    [[nodiscard]] static qint64 delayNanos()
    {
        QFile file(QStringLiteral("/proc/thread-self/schedstat"));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        const QList<QByteArray> numbers = file.readAll().simplified().split(' ');
        return numbers.size() == 3 ? numbers[1].toLongLong() : 0;
    }
    void look()
    {
        const double gap = double(m_clock.nsecsElapsed()) / 1e6;
        m_clock.start();
        const qint64 delay = delayNanos();
        const double ready = double(delay - m_lastDelayNanos) / 1e6;
        m_lastDelayNanos = delay;
        m_worstMillis = std::max(m_worstMillis, gap - ready - periodMillis);
        m_worstReadyMillis = std::max(m_worstReadyMillis, ready);
    }
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_lastDelayNanos = 0;
    double m_worstMillis = 0;
    double m_worstReadyMillis = 0;
};

} // namespace tallystick
