// SPDX-License-Identifier: GPL-3.0-or-later
//! One centred column: icon, name, step, bar; below it the banner when something is wrong.
#include "ui/connection/startpage.h"

#include "ui/shared/banner.h"
#include "ui/shared/icons.h"
#include "ui/shared/label.h"
#include "ui/shared/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace tallystick {

namespace {

constexpr int columnWidth = 520;
constexpr int iconSize = 64;
constexpr int barHeight = 4;

} // namespace

/// A hairline filled as far as the work is; empty where that is not known.
class StartPage::ProgressBar final : public QWidget
{
public:
    explicit ProgressBar(QWidget* parent)
        : QWidget(parent)
    {
        setFixedHeight(barHeight);
    }
    void setShare(std::optional<double> share)
    {
        m_share = share;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::color(theme::Role::Hairline, palette()));
        painter.drawRoundedRect(rect(), barHeight / 2.0, barHeight / 2.0);
        if (!m_share)
            return;
        painter.setBrush(theme::color(theme::Role::Accent, palette()));
        const QRectF done(0, 0, width() * std::clamp(*m_share, 0.0, 1.0), height());
        painter.drawRoundedRect(done, barHeight / 2.0, barHeight / 2.0);
    }

private:
    std::optional<double> m_share;
};

StartPage::StartPage(QWidget* parent)
    : QWidget(parent)
    , m_step(new Label(theme::Type::Body, theme::Role::Secondary, {}, this))
    , m_progress(new ProgressBar(this))
    , m_banner(new Banner(this))
{
    setObjectName(QStringLiteral("startPage"));
    setWindowTitle(QStringLiteral("Tallystick"));
    m_step->setObjectName(QStringLiteral("startStep"));
    m_step->setWordWrap(true);
    m_banner->setObjectName(QStringLiteral("startBanner"));
    m_banner->hide();

    auto* picture = new QLabel(this);
    picture->setPixmap(icons::programIcon().pixmap(iconSize, iconSize));
    auto* column = new QVBoxLayout;
    column->setSpacing(theme::group);
    column->addWidget(picture);
    column->addWidget(
        new Label(theme::Type::Number, theme::Role::Text, QStringLiteral("Tallystick"), this));
    column->addWidget(m_step);
    column->addWidget(m_progress);
    column->addWidget(m_banner);

    auto* holder = new QWidget(this);
    holder->setFixedWidth(columnWidth);
    holder->setLayout(column);
    auto* page = new QVBoxLayout(this);
    page->setContentsMargins(theme::margin, theme::margin, theme::margin, theme::margin);
    page->addStretch(2);
    auto* middle = new QHBoxLayout; // an alignment would forget the height wrapped words need
    middle->addStretch();
    middle->addWidget(holder);
    middle->addStretch();
    page->addLayout(middle);
    page->addStretch(3);

    connect(m_banner, &Banner::actionTriggered, this,
            [this] { m_offersReset ? emit resetRequested() : emit retryRequested(); });
}

void StartPage::showStep(const QString& sentence, std::optional<double> share)
{
    m_banner->hide();
    m_step->setText(sentence);
    m_progress->setShare(share);
    m_step->show();
    m_progress->show();
}

void StartPage::showError(const Error& error)
{
    const auto* failure = std::get_if<Failure>(&error);
    m_offersReset = failure && failure->kind == Failure::Kind::LabDamaged;
    m_step->hide();
    m_progress->hide();
    m_banner->showError(error, words::Doing::Reading,
                        m_offersReset ? tr("Set the lab aside and begin anew") : tr("Try again"));
    m_banner->show();
    m_banner->actionButton()->setFocus();
}

void StartPage::showMessage(const QString& title, const QString& text)
{
    m_offersReset = false;
    m_step->hide();
    m_progress->hide();
    m_banner->showMessage(theme::Role::Warning, title, text, tr("Try again"));
    m_banner->show();
}

} // namespace tallystick
