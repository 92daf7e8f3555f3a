// SPDX-License-Identifier: GPL-3.0-or-later
//! The worker's thread posts what happened to the GUI thread's queue; it never calls into it.
#include "ui/stress/runsession.h"

namespace tallystick {

bool isAsExpected(const RunJob& job, const Result<Report>& result)
{
    if (!result)
        return false;
    return job.control ? failedAsNamed(*result, *job.control) : result->verdict == Verdict::Pass;
}

RunSession::RunSession(AttackMaker make, QObject* parent)
    : QObject(parent)
    , m_make(std::move(make))
{
}

RunSession::~RunSession()
{
    m_thread.request_stop();
    if (m_thread.joinable())
        m_thread.join();
}

void RunSession::start(const QList<RunJob>& jobs)
{
    Q_ASSERT(!m_isRunning && !jobs.isEmpty());
    m_isRunning = true;
    {
        const QMutexLocker lock(&m_mutex);
        m_attack.reset(); // until the first job begins there is nothing to see
    }
    m_thread = std::jthread([this, jobs](const std::stop_token& stop) { work(jobs, stop); });
}

void RunSession::stop()
{
    m_thread.request_stop();
}

LiveSnapshot RunSession::snapshot() const
{
    std::shared_ptr<Attack> attack;
    {
        const QMutexLocker lock(&m_mutex);
        attack = m_attack;
    }
    return attack ? attack->snapshot() : LiveSnapshot{};
}

std::shared_ptr<Attack> RunSession::nextAttack()
{
    std::shared_ptr<Attack> attack = m_make();
    const QMutexLocker lock(&m_mutex);
    m_attack = attack;
    return attack;
}

void RunSession::work(const QList<RunJob>& jobs, const std::stop_token& stop)
{
    const auto tell = [this](auto&& what) {
        QMetaObject::invokeMethod(this, std::forward<decltype(what)>(what), Qt::QueuedConnection);
    };
    for (int index = 0; index < jobs.size() && !stop.stop_requested(); ++index) {
        const std::shared_ptr<Attack> attack = nextAttack();
        tell([this, index] { emit jobStarted(index); });
        const RunJob& job = jobs[index];
        const Scenario scenario =
            job.control ? underControl(job.scenario, *job.control) : job.scenario;
        auto result = std::make_shared<Result<Report>>(attack->run(scenario, stop));
        tell([this, index, result] { emit jobEnded(index, *result); });
    }
    tell([this] {
        m_isRunning = false;
        emit ended();
    });
}

} // namespace tallystick
