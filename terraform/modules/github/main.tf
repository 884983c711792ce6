# Deployment from GitHub workflows without a stored key: a token signed by GitHub identifies the repository and the
# environment or branch of a job, and the job can assume this role for two hours.
locals {
  issuer   = "token.actions.githubusercontent.com"
  prefix   = "propensity-${var.stage}"
  provider = "arn:aws:iam::${var.account}:oidc-provider/${local.issuer}"

  subjects = concat(
    [for environment in compact([var.environment]) : "repo:${var.repository}:environment:${environment}"],
    [for branch in compact([var.branch]) : "repo:${var.repository}:ref:refs/heads/${branch}"],
  )

  policies = {
    infrastructure = local.infrastructure
    identities     = local.identities
    release        = local.release
    teardown       = local.teardown
  }
}

resource "aws_iam_openid_connect_provider" "github" {
  count = var.create_provider ? 1 : 0

  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "deploy" {
  # checkov:skip=CKV_AWS_393: it checks the name local.subjects, not its value; the tests check each subject
  name                 = "${local.prefix}-deploy"
  description          = "What the workflows of ${var.repository} may do to ${local.prefix}"
  max_session_duration = 7200

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Federated = local.provider }
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Condition = {
        StringEquals = {
          "${local.issuer}:aud" = "sts.amazonaws.com"
          "${local.issuer}:sub" = local.subjects
        }
      }
    }]
  })

  depends_on = [aws_iam_openid_connect_provider.github]
}

resource "aws_iam_policy" "deploy" {
  for_each = local.policies

  name        = "${local.prefix}-deploy-${each.key}"
  description = "What deployments of ${local.prefix} may do: ${each.key}"
  policy      = jsonencode({ Version = "2012-10-17", Statement = each.value })
}

# The permissions of the task deploy, as a policy that no deployment can change.
resource "aws_iam_policy" "tasks" {
  name        = "${local.prefix}-deploy-tasks"
  description = "What deployments of ${local.prefix} may do: what its tasks may"
  policy      = var.tasks_policy
}

resource "aws_iam_role_policy_attachment" "deploy" {
  for_each = merge({ for name, policy in aws_iam_policy.deploy : name => policy.name }, { tasks = aws_iam_policy.tasks.name })

  role       = aws_iam_role.deploy.name
  policy_arn = "arn:aws:iam::${var.account}:policy/${each.value}"
}
