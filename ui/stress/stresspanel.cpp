// SPDX-License-Identifier: GPL-3.0-or-later
//! Joins the form, the session and the views; asks, is told, shows.
#include "ui/stress/stresspanel.h"

#include "ui/shared/theme.h"
#include "ui/stress/batchmodel.h"
#include "ui/stress/outcomestrip.h"
#include "ui/stress/runform.h"
#include "ui/stress/runsession.h"
#include "ui/stress/runview.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QSplitter>

namespace tallystick {

namespace {

constexpr int frameMillis = 125;
constexpr int escapeMillis = 1500; ///< the second Esc must follow within
constexpr int formWidth = 284;
constexpr int stripWidth = 288;
constexpr int narrowestView = 430;  ///< the longest verdict fits beside its buttons
constexpr int narrowestStrip = 248; ///< the names of all checks fit
constexpr int threeColumnsFrom = 1100;

} // namespace

StressPanel::StressPanel(const Services& services, QWidget* parent)
    : StressPanel(engineAttacks(services), builtinScenarios(), parent)
{
}

StressPanel::StressPanel(AttackMaker make, const QList<Scenario>& scenarios, QWidget* parent)
    : QWidget(parent)
    , m_form(new RunForm(this))
    , m_view(new RunView(this))
    , m_strip(new OutcomeStrip(this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
{
    setObjectName(QStringLiteral("stressPanel"));
    layOut();
    m_frames.setInterval(frameMillis);
    connect(&m_frames, &QTimer::timeout, this, &StressPanel::takeFrame);
    connect(m_form, &RunForm::startRequested, this, &StressPanel::startChosen);
    connect(m_form, &RunForm::suiteRequested, this, &StressPanel::startSuite);
    connect(m_form, &RunForm::controlsRequested, this, &StressPanel::startControls);
    connect(m_form, &RunForm::stopRequested, this, &StressPanel::stop);
    connect(m_form, &RunForm::reportOpened, this, &StressPanel::showReport);
    connect(m_form, &RunForm::scenarioChanged, this, [this] {
        if (const std::optional<Scenario> scenario = m_form->scenario(); scenario && !isRunning())
            m_view->setScenario(*scenario);
    });
    connect(m_view, &RunView::retryRequested, this, &StressPanel::startChosen);
    connect(m_view, &RunView::reportShown, m_strip, &OutcomeStrip::setReport);
    connect(m_strip, &OutcomeStrip::invariantChosen, m_view, &RunView::showExamples);
    m_form->setScenarios(scenarios);
    if (!make) {
        m_form->setEnabled(false);
        m_view->setUnavailable(tr("Stress runs need a lab"),
                               tr("A run posts thousands of times. It is only let loose on a "
                                  "database that carries the lab marker."));
    } else {
        m_session = new RunSession(std::move(make), this);
        connect(m_session, &RunSession::jobStarted, this, [this](int index) {
            m_view->begin(m_jobs[index].scenario);
            m_strip->clear();
            if (m_isBatch)
                m_view->batch()->setStarted(index);
        });
        connect(m_session, &RunSession::jobEnded, this, &StressPanel::takeResult);
        connect(m_session, &RunSession::ended, this, &StressPanel::finish);
    }
}

StressPanel::~StressPanel() = default;

void StressPanel::layOut()
{
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    for (QWidget* side : {static_cast<QWidget*>(m_form), static_cast<QWidget*>(m_strip)}) {
        side->setAutoFillBackground(true);
        side->setBackgroundRole(QPalette::Base);
    }
    m_view->setAutoFillBackground(true);
    m_view->setBackgroundRole(QPalette::Base);
    m_form->setMinimumWidth(216);
    m_strip->setMinimumWidth(narrowestStrip);
    m_view->setMinimumWidth(narrowestView);
    m_splitter->addWidget(m_form);
    m_splitter->addWidget(m_view);
    m_splitter->addWidget(m_strip);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({formWidth, 800, stripWidth});
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_splitter);
}

void StressPanel::arrange()
{
    const bool isNarrow = width() < threeColumnsFrom;
    if (isNarrow == m_isNarrow)
        return;
    m_isNarrow = isNarrow;
    m_strip->setMinimumWidth(isNarrow ? 0 : narrowestStrip);
    if (isNarrow) {
        m_view->setSide(m_strip);
    } else {
        m_view->setSide(nullptr);
        m_splitter->addWidget(m_strip);
        m_strip->show();
    }
    m_splitter->setSizes(
        {formWidth, width() - formWidth - (isNarrow ? 0 : stripWidth), stripWidth});
}

void StressPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void StressPanel::focusSearch()
{
    m_form->focusSearch();
}

bool StressPanel::isRunning() const
{
    return m_session && m_session->isRunning();
}

bool StressPanel::run(const QString& scenarioName)
{
    if (isRunning() || !m_session || !m_form->choose(scenarioName))
        return false;
    startChosen();
    return isRunning();
}

bool StressPanel::runControl(const QString& scenarioName)
{
    if (isRunning() || !m_session || !m_form->choose(scenarioName))
        return false;
    const std::optional<Scenario> scenario = m_form->scenario();
    if (!scenario || scenario->controls.isEmpty())
        return false;
    m_isBatch = false;
    start({RunJob{.scenario = *scenario, .control = scenario->controls.first()}});
    return isRunning();
}

void StressPanel::startChosen()
{
    if (const std::optional<Scenario> scenario = m_form->scenario()) {
        m_isBatch = false;
        start({RunJob{.scenario = *scenario, .control = {}}});
    }
}

void StressPanel::startSuite()
{
    QList<RunJob> jobs;
    for (const Way way : allWays) {
        for (Scenario scenario : m_form->scenarios()) {
            const bool isPossible = waysOf(scenario).contains(way);
            scenario.target.way = way;
            scenario.target.fault.reset();
            if (scenario.inSuite && isPossible)
                jobs.append({.scenario = scenario, .control = {}});
        }
    }
    m_isBatch = true;
    start(jobs);
}

void StressPanel::startControls()
{
    QList<RunJob> jobs;
    for (const Scenario& scenario : m_form->scenarios())
        for (const Control& control : scenario.controls)
            jobs.append({.scenario = scenario, .control = control});
    m_isBatch = true;
    start(jobs);
}

void StressPanel::start(const QList<RunJob>& jobs)
{
    if (!m_session || isRunning() || jobs.isEmpty())
        return;
    m_jobs = jobs;
    m_view->setHint({});
    if (m_isBatch)
        m_view->beginBatch(jobs);
    m_session->start(jobs);
    m_form->setState(RunForm::State::Running);
    m_frames.start();
}

void StressPanel::stop()
{
    if (!isRunning())
        return;
    m_session->stop();
    m_view->setHint(tr("stopping"));
    m_form->setState(RunForm::State::Stopping);
}

void StressPanel::takeFrame()
{
    const LiveSnapshot snapshot = m_session->snapshot();
    m_view->setSnapshot(snapshot);
    m_strip->setSnapshot(snapshot);
}

void StressPanel::takeResult(int index, const Result<Report>& result)
{
    if (m_isBatch)
        m_view->batch()->setResult(index, result);
    if (!result) {
        m_view->setFailure(result.error());
        return;
    }
    if (m_isBatch)
        return;
    takeReport(*result);
}

void StressPanel::finish()
{
    m_frames.stop();
    m_view->setHint({});
    if (m_isBatch) {
        m_view->endBatch(m_jobs.first().control.has_value());
        m_strip->clear(); // it would show the last run beside a title that speaks of all
    }
    m_form->setState(RunForm::State::Idle);
    emit runEnded();
}

void StressPanel::takeReport(const Report& report)
{
    m_view->setReport(report);
    m_strip->setReport(report);
}

void StressPanel::showReport(const Report& report)
{
    m_view->begin(report.scenario); // the page that suits it
    takeReport(report);
}

bool StressPanel::event(QEvent* event)
{
    // While a run is on, Esc belongs to it, whatever shortcut the window gives it otherwise.
    if (event->type() == QEvent::ShortcutOverride && isRunning() &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void StressPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isRunning())
        escape();
    else
        QWidget::keyPressEvent(event);
}

void StressPanel::escape()
{
    if (m_firstEscape.isValid() && m_firstEscape.elapsed() < escapeMillis) {
        m_firstEscape.invalidate();
        stop();
        return;
    }
    m_firstEscape.start();
    m_view->setHint(tr("Esc once more stops the run"));
    QTimer::singleShot(escapeMillis, this, [this] {
        if (m_firstEscape.isValid() && m_firstEscape.elapsed() >= escapeMillis && isRunning()) {
            m_firstEscape.invalidate();
            m_view->setHint({});
        }
    });
}

} // namespace tallystick
