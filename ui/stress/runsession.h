// SPDX-License-Identifier: GPL-3.0-or-later
//! Runs scenarios one after another on a thread of its own and tells the GUI thread.
#pragma once
#include "ui/stress/attack.h"

#include <QtCore/QMutex>
#include <QtCore/QObject>

#include <thread>

namespace tallystick {

/// One scenario to run; with a control, its broken posting, which must fail.
struct RunJob
{
    Scenario scenario;
    std::optional<Control> control;
};

/// Whether a job ended as it must: a scenario by PASS, a control by the invariant it names.
[[nodiscard]] bool isAsExpected(const RunJob& job, const Result<Report>& result);

/// Lives on the GUI thread; its signals come there. Nothing here waits but the destructor, which
/// stops the run first: the engine then ends within a second.
class RunSession final : public QObject
{
    Q_OBJECT
public:
    explicit RunSession(AttackMaker make, QObject* parent = nullptr);
    ~RunSession() override;

    /// Not while isRunning().
    void start(const QList<RunJob>& jobs);
    /// The job under way still ends with a verdict; later ones are not begun.
    void stop();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] bool isStopping() const
    {
        return m_isRunning && m_thread.get_stop_token().stop_requested();
    }
    /// Of the job under way, or of the last one.
    [[nodiscard]] LiveSnapshot snapshot() const;

signals:
    void jobStarted(int index);
    void jobEnded(int index, const tallystick::Result<tallystick::Report>& result);
    void ended();

private:
    void work(const QList<RunJob>& jobs, const std::stop_token& stop);
    [[nodiscard]] std::shared_ptr<Attack> nextAttack();

    AttackMaker m_make;
    mutable QMutex m_mutex; ///< guards m_attack, which the worker's thread exchanges
    std::shared_ptr<Attack> m_attack;
    bool m_isRunning = false;
    std::jthread m_thread; ///< last, so that it is joined before anything it uses goes
};

} // namespace tallystick
