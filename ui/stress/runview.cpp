// SPDX-License-Identifier: GPL-3.0-or-later
//! Shows one run, or one of many; knows nothing of how they are run.
#include "ui/stress/runview.h"

#include "ui/report/runwords.h"
#include "ui/shared/banner.h"
#include "ui/shared/format.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/label.h"
#include "ui/stress/batchmodel.h"
#include "ui/stress/chartstack.h"
#include "ui/stress/numbersmodel.h"
#include "ui/stress/operationsview.h"
#include "ui/stress/rowsview.h"
#include "ui/stress/verdictcard.h"

#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace tallystick {

namespace {

constexpr int narrowestNumber = 88; ///< a number that is cut is another number
constexpr qint64 smallRun = 500;    ///< operations a timeline can show

bool isSmall(const Scenario& scenario)
{
    return !scenario.seconds && scenario.operations.value_or(0) <= smallRun;
}

/// Charts keep a readable height; the page scrolls when the window has none to give.
QScrollArea* scrolling(QWidget* content, QWidget* parent)
{
    auto* area = new QScrollArea(parent);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    area->setWidget(content);
    return area;
}

QString phaseText(const LiveSnapshot& snapshot, double okPerSecond)
{
    QStringList parts{phaseWord(snapshot.phase)};
    if (snapshot.phase == LiveSnapshot::Phase::Running)
        parts.append(RunView::tr("%1 s").arg(snapshot.elapsedSeconds, 0, 'f', 1));
    if (snapshot.outcomes.issued() > 0) {
        const qint64 issued = snapshot.outcomes.issued();
        parts.append(issued == 1 ? RunView::tr("1 operation")
                                 : RunView::tr("%1 operations").arg(format::count(issued)));
        parts.append(
            RunView::tr("%1 ok/s").arg(format::count(static_cast<qint64>(okPerSecond + 0.5))));
        parts.append(RunView::tr("p50 %1").arg(format::duration(snapshot.response.p50)));
        parts.append(RunView::tr("p99 %1").arg(format::duration(snapshot.response.p99)));
    }
    return parts.join(QStringLiteral("   "));
}

} // namespace

RunView::RunView(QWidget* parent)
    : QWidget(parent)
    , m_title(new Label(theme::Type::Section, theme::Role::Text, {}, this))
    , m_load(new Label(theme::Type::Body, theme::Role::Secondary, {}, this))
    , m_phase(new Label(theme::Type::Body, theme::Role::Text, {}, this))
    , m_banner(new Banner(this))
    , m_verdict(new VerdictCard(this))
    , m_tabs(new QTabBar(this))
    , m_pages(new QStackedWidget(this))
    , m_charts(new ChartStack)
    , m_operations(new OperationsView)
    , m_numbers(new NumbersModel(this))
    , m_numbersTable(new HairlineTable)
    , m_rows(new RowsView)
    , m_batch(new BatchModel(this))
    , m_batchTable(new HairlineTable)
    , m_sidePage(new QWidget)
{
    m_title->setObjectName(QStringLiteral("stressTitle"));
    m_title->setElided(Qt::ElideRight);
    m_load->setWordWrap(true);
    m_phase->setObjectName(QStringLiteral("stressPhase"));
    m_phase->setWordWrap(true); // a number that is cut is another number
    m_banner->setObjectName(QStringLiteral("stressBanner"));
    m_banner->hide();
    m_tabs->setObjectName(QStringLiteral("stressTabs"));
    m_tabs->setAccessibleName(tr("Views of the run"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideNone);
    for (const QString& name :
         {tr("Charts"), tr("Operations"), tr("Numbers"), tr("Rows"), tr("Runs"), tr("Checks")})
        m_tabs->addTab(name);
    m_numbersTable->setObjectName(QStringLiteral("stressNumbers"));
    m_numbersTable->setAccessibleName(tr("Numbers of the charts"));
    m_numbersTable->setModel(m_numbers);
    m_numbersTable->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_numbersTable->horizontalHeader()->setMinimumSectionSize(narrowestNumber);
    m_batchTable->setObjectName(QStringLiteral("stressRuns"));
    m_batchTable->setAccessibleName(tr("Runs of the suite or the controls"));
    m_batchTable->setModel(m_batch);
    m_batchTable->setStretchColumn(BatchModel::Name);
    for (const int column : {BatchModel::RunWay, BatchModel::Ended, BatchModel::Lasted})
        m_batchTable->horizontalHeader()->setSectionResizeMode(column,
                                                               QHeaderView::ResizeToContents);
    layOut();
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_banner, &Banner::actionTriggered, this, &RunView::retryRequested);
    connect(m_verdict, &VerdictCard::rowsRequested, this, &RunView::showRows);
    connect(m_verdict, &VerdictCard::saveReportRequested, this, &RunView::saveReport);
    connect(m_batchTable, &HairlineTable::rowChosen, this,
            [this](const QModelIndex& index) { showBatchRow(index.row()); });
    for (const Page hidden : {Page::Rows, Page::Runs, Page::Checks})
        setOffered(hidden, false);
}

void RunView::layOut()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme::group, theme::group, theme::group, theme::gap);
    column->setSpacing(theme::gap);
    auto* head = new QVBoxLayout;
    head->setSpacing(theme::tight / 2);
    head->addWidget(m_title);
    head->addWidget(m_load);
    head->addWidget(m_phase);
    column->addLayout(head);
    column->addWidget(m_banner);
    column->addWidget(m_verdict);
    auto* bar = new QHBoxLayout;
    bar->addWidget(m_tabs);
    bar->addStretch();
    bar->addWidget(corner());
    column->addLayout(bar);
    m_pages->addWidget(scrolling(m_charts, this));
    m_pages->addWidget(m_operations);
    m_pages->addWidget(m_numbersTable);
    m_pages->addWidget(m_rows);
    m_pages->addWidget(m_batchTable);
    m_pages->addWidget(m_sidePage);
    auto* side = new QVBoxLayout(m_sidePage);
    side->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_pages, 1);
}

void RunView::setOffered(Page page, bool isOffered)
{
    const int tab = static_cast<int>(page);
    if (m_tabs->isTabVisible(tab) == isOffered)
        return; // said twice, Qt 6.4 forgets to lay the tabs out
    m_tabs->setTabVisible(tab, isOffered);
    m_tabs->updateGeometry(); // it would keep its width, and cut the last one
}

void RunView::setSide(QWidget* side)
{
    if (side) {
        m_sidePage->layout()->addWidget(side);
        side->show();
    } else if (page() == Page::Checks) {
        showPage(Page::Charts);
    }
    setOffered(Page::Checks, side != nullptr);
}

void RunView::setScenario(const Scenario& scenario)
{
    if (m_report) // what is shown is a run that was, not one to come
        return;
    m_scenario = scenario;
    m_title->setText(scenario.title.isEmpty() ? scenario.name : scenario.title);
    m_load->setText(scenario.description);
    m_phaseText = loadSentence(scenario);
    setHint(m_hint);
    m_phase->setRole(theme::Role::Secondary);
}

void RunView::begin(const Scenario& scenario)
{
    m_report.reset();
    setScenario(scenario);
    m_phase->setRole(theme::Role::Text);
    m_banner->hide();
    m_verdict->clear();
    m_rows->clear();
    setOffered(Page::Rows, false);
    setSnapshot({});
    if (page() == Page::Charts || page() == Page::Operations || page() == Page::Rows)
        showPage(isSmall(scenario) ? Page::Operations : Page::Charts);
}

void RunView::beginBatch(const QList<RunJob>& jobs)
{
    m_batch->setJobs(jobs);
    setOffered(Page::Runs, true);
    showPage(Page::Runs);
}

void RunView::setSnapshot(const LiveSnapshot& snapshot)
{
    m_phaseText = phaseText(snapshot, snapshot.okPerSecond);
    setHint(m_hint);
    m_charts->setSnapshot(snapshot);
    m_operations->setSnapshot(snapshot);
    m_numbers->setSeries(snapshot.series);
}

void RunView::setHint(const QString& hint)
{
    m_hint = hint;
    m_phase->setText(hint.isEmpty() ? m_phaseText : m_phaseText + QStringLiteral("   ") + hint);
}

void RunView::fill(const Report& report)
{
    m_report.reset();
    setScenario(report.scenario);
    m_report = report;
    setSnapshot(report.live);
    // The last second of a run is the one in which it ended: the mean says how fast it was.
    m_phaseText = phaseText(report.live, report.okPerSecond);
    setHint(m_hint);
    m_phase->setRole(theme::Role::Text);
    m_load->setText(loadSentence(report.scenario));
    m_rows->clear();
    setOffered(Page::Rows, report.verdict != Verdict::Pass && !report.chains.isEmpty());
}

void RunView::setReport(const Report& report)
{
    fill(report);
    m_verdict->setReport(report);
    for (const InvariantResult& invariant : report.invariants)
        if (invariant.validity != Validity::Valid && !invariant.examples.isEmpty()) {
            m_rows->show(report, invariant.examples.first());
            break;
        }
}

void RunView::setFailure(const Error& error)
{
    m_phaseText = tr("Nothing was run.");
    setHint({});
    m_banner->showError(error, words::Doing::Reading, tr("Try again"));
    m_banner->show();
}

void RunView::setUnavailable(const QString& title, const QString& sentence)
{
    m_banner->showMessage(theme::Role::Info, title, sentence);
    m_banner->show();
}

void RunView::endBatch(bool areControls)
{
    m_verdict->setBatch({.asExpected = m_batch->asExpected(),
                         .ended = m_batch->ended(),
                         .planned = m_batch->rowCount(),
                         .areControls = areControls});
    m_title->setText(areControls ? tr("Controls") : tr("Suite"));
    m_load->setText(tr("Choose a run with Enter to see its charts, operations and verdict."));
    m_phaseText.clear();
    setHint({});
}

void RunView::showPage(Page page)
{
    m_tabs->setCurrentIndex(static_cast<int>(page));
}

RunView::Page RunView::page() const
{
    return static_cast<Page>(m_tabs->currentIndex());
}

void RunView::showRows(const Example& example)
{
    if (!m_report)
        return;
    setOffered(Page::Rows, true);
    m_rows->show(*m_report, example);
    showPage(Page::Rows);
}

void RunView::showExamples(const QString& invariantId)
{
    if (!m_report)
        return;
    for (const InvariantResult& invariant : m_report->invariants)
        if (invariant.id == invariantId && !invariant.examples.isEmpty())
            showRows(invariant.examples.first());
}

void RunView::showBatchRow(int row)
{
    const Report* const report = m_batch->report(row);
    if (!report)
        return;
    setReport(*report);
    showPage(isSmall(report->scenario) ? Page::Operations : Page::Charts);
    emit reportShown(*report);
}

} // namespace tallystick
