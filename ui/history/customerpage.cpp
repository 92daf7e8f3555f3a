// SPDX-License-Identifier: GPL-3.0-or-later
//! Asks for what the page shows and arranges it by the room there is.
#include "ui/history/customerpage.h"

#include "ui/history/customerheader.h"
#include "ui/history/findingslist.h"
#include "ui/history/statementpanel.h"
#include "ui/history/transactiondetails.h"
#include "ui/posting/postingpanel.h"
#include "ui/posting/postingwords.h"
#include "ui/shared/badge.h"
#include "ui/shared/banner.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/icons.h"
#include "ui/shared/stateview.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>

namespace tallystick {

namespace {

constexpr int curvePoints = 240;
constexpr int sideWidth = 380;
/// From this width on, details stand beside the statement, else below it.
constexpr int sideBySideFrom = 940;

} // namespace

CustomerPage::CustomerPage(Desks& desks, const User& user, const QString& operatorName,
                           QWidget* parent)
    : QWidget(parent)
    , m_desks(desks)
    , m_user(user)
    , m_operatorName(operatorName)
    , m_header(new CustomerHeader(user))
    , m_banner(new Banner)
    , m_findings(new FindingsList)
    , m_statement(new StatementPanel(desks.page, user.id))
    , m_details(new TransactionDetails)
    , m_side(new QStackedWidget)
    , m_splitter(new QSplitter)
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTop());
    makeBody();
    column->addWidget(m_splitter, 1);

    connect(m_header->badge(), &Badge::clicked, this, &CustomerPage::verify);
    connect(m_header, &CustomerHeader::cancelRequested, this, &CustomerPage::cancelVerification);
    connect(m_banner, &Banner::actionTriggered, this, &CustomerPage::reload);
    connect(m_findings, &FindingsList::rowWanted, this, &CustomerPage::showFindingRow);
    connect(m_statement, &StatementPanel::rowSelected, this, &CustomerPage::showDetails);
    connect(m_statement, &StatementPanel::firstPageAnswered, this, &CustomerPage::tellFailure);
    connect(m_statement->states(), &StateView::retryRequested, this, [this] {
        if (m_failure) // it was said for both
            reload();
    });
    connect(m_statement, &StatementPanel::firstPageShown, this, [this] {
        // Beside the statement there is room anyway: show the newest row in it.
        if (m_splitter->orientation() == Qt::Horizontal &&
            !m_statement->table()->currentIndex().isValid())
            m_statement->table()->selectRow(0);
    });
    reload();
}

QWidget* CustomerPage::makeTop()
{
    auto* top = new QWidget;
    auto* column = new QVBoxLayout(top);
    column->setContentsMargins(theme::margin, theme::group, theme::margin, 12);
    column->setSpacing(12);
    column->addWidget(m_header);
    column->addWidget(makeActions());
    column->addWidget(m_banner);
    column->addWidget(m_findings);
    return top;
}

QWidget* CustomerPage::makeActions()
{
    auto* actions = new QWidget;
    auto* row = new QHBoxLayout(actions);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme::gap);
    for (const PostingKind kind : allPostingKinds) {
        auto* button = new QPushButton(icons::icon(words::iconName(kind)), words::title(kind));
        button->setObjectName(QStringLiteral("action-") + words::iconName(kind));
        button->setAccessibleName(words::title(kind));
        button->setToolTip(m_desks.mayPost ? words::hint(kind)
                                           : tr("This connection is read-only."));
        button->setEnabled(false);
        connect(button, &QPushButton::clicked, this, [this, kind] { openForm(kind); });
        row->addWidget(button);
        m_actions << button;
    }
    row->addStretch();
    return actions;
}

void CustomerPage::makeBody()
{
    m_side->addWidget(m_details);
    m_side->setMinimumWidth(280);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_statement);
    m_splitter->addWidget(m_side);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({10 * sideWidth, sideWidth});
}

void CustomerPage::reload()
{
    m_failure.reset();
    m_banner->hide();
    askSummary();
    m_curveQuestion.ask(
        m_desks.page.ask(
            [id = m_user.id](Ledger& ledger) { return ledger.balanceCurve(id, curvePoints); },
            Desk::Repeat::Once),
        [this](Result<QList<BalancePoint>> points) {
            if (points)
                m_header->showCurve(*points);
        });
    if (m_written)
        m_statement->showNewRow(m_written->key);
    else
        m_statement->reload();
    verify();
}

void CustomerPage::askSummary()
{
    m_summaryQuestion.ask(
        m_desks.page.ask([id = m_user.id](Ledger& ledger) { return ledger.user(id); },
                         Desk::Repeat::Once),
        [this](Result<UserSummary> summary) {
            for (QPushButton* action : m_actions)
                action->setEnabled(summary.ok() && m_desks.mayPost);
            m_failure = summary ? std::nullopt : std::optional(summary.error());
            tellFailure();
            if (!summary)
                return;
            m_user = summary->user;
            m_written.reset();
            m_header->show(*summary);
            emit userLearnt(m_user);
        });
}

void CustomerPage::takeReceipt(const Receipt& receipt)
{
    // Should the page not be readable now, the receipt knows the balance all the same.
    m_written = receipt;
    m_user.balance = receipt.balance;
    m_header->showUser(m_user);
    emit userLearnt(m_user);
    reload();
}

void CustomerPage::tellFailure()
{
    // What failed for the statement too is said once, where the statement would be.
    const bool isRefused = m_failure && std::holds_alternative<RefusalWithFacts>(*m_failure);
    const bool isSaid = m_statement->states()->state() == StateView::State::Failed;
    if (!m_failure || (isSaid && !isRefused)) {
        m_banner->hide();
        return;
    }
    m_banner->showError(*m_failure, m_written ? words::Doing::Refreshing : words::Doing::Reading,
                        tr("Retry"));
}

void CustomerPage::verify()
{
    m_header->showVerifying();
    m_verdictQuestion.ask(m_desks.proof.ask(
                              [id = m_user.id](Ledger& ledger) -> Result<ChainVerdict> {
                                  const Result<Chain> chain = ledger.chain(id);
                                  if (!chain)
                                      return chain.error();
                                  return checkChain(*chain);
                              },
                              Desk::Repeat::Once),
                          [this](Result<ChainVerdict> verdict) { showVerdict(verdict); });
}

void CustomerPage::cancelVerification()
{
    m_verdictQuestion.drop();
    m_verdict.reset();
    m_header->showCancelled();
    m_findings->show({});
    m_statement->setFindings({});
}

void CustomerPage::showVerdict(const Result<ChainVerdict>& verdict)
{
    m_header->showVerdict(verdict);
    m_verdict = verdict ? std::optional(*verdict) : std::nullopt;
    const QList<Finding> findings = verdict ? verdict->findings : QList<Finding>();
    m_findings->show(findings);
    m_statement->setFindings(findings);
    emit verified();
}

void CustomerPage::showFindingRow(const TransactionKey& key)
{
    if (m_statement->showRow(key))
        return;
    // Not read so far: its details can be shown all the same.
    m_rowQuestion.ask(m_desks.page.ask([id = m_user.id, key](
                                           Ledger& ledger) { return ledger.transaction(id, key); },
                                       Desk::Repeat::Once),
                      [this](Result<Transaction> row) {
                          if (row)
                              showDetails(*row);
                          else
                              m_banner->showError(row.error(), words::Doing::Reading, {});
                      });
}

void CustomerPage::showDetails(const Transaction& row)
{
    m_details->show(row);
    if (m_posting && m_side->currentWidget() == m_posting)
        return;
    m_side->setCurrentWidget(m_details);
    m_side->show();
    arrange();
}

void CustomerPage::openForm(PostingKind kind)
{
    if (!m_desks.mayPost || m_user.email.isEmpty())
        return;
    if (!m_posting) {
        m_posting = new PostingPanel(
            m_desks.post,
            {.user = m_user.id, .customer = m_user.email, .operatorName = m_operatorName});
        m_side->addWidget(m_posting);
        connect(m_posting, &PostingPanel::posted, this, &CustomerPage::takeReceipt);
        connect(m_posting, &PostingPanel::closed, this, &CustomerPage::closeSide);
    }
    m_side->setCurrentWidget(m_posting);
    m_side->show();
    m_posting->open(kind);
    arrange();
}

bool CustomerPage::isBusy() const
{
    return m_posting && m_posting->isBusy();
}

void CustomerPage::closeSide()
{
    m_side->setCurrentWidget(m_details);
    if (m_splitter->orientation() == Qt::Vertical)
        m_side->hide();
    m_statement->show();
    m_statement->table()->setFocus(Qt::OtherFocusReason);
}

void CustomerPage::arrange()
{
    const bool isBeside = width() >= sideBySideFrom;
    const bool isPosting = m_posting && m_side->currentWidget() == m_posting;
    const Qt::Orientation wanted = isBeside ? Qt::Horizontal : Qt::Vertical;
    if (m_splitter->orientation() != wanted) {
        m_splitter->setOrientation(wanted);
        m_side->setVisible(isBeside || isPosting);
        m_splitter->setSizes(isBeside ? QList<int>{width() - sideWidth, sideWidth}
                                      : QList<int>{height() / 3, height() / 3});
    }
    // A form needs the height that a statement above it would take.
    m_statement->setVisible(isBeside || !isPosting);
}

void CustomerPage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void CustomerPage::keyPressEvent(QKeyEvent* event)
{
    const bool isPosting = m_posting && m_side->currentWidget() == m_posting;
    const bool hasSide = m_splitter->orientation() == Qt::Vertical && m_side->isVisible();
    if (event->key() == Qt::Key_Escape && (hasSide || isPosting) && !isBusy()) {
        isPosting ? m_posting->close() : closeSide();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace tallystick
